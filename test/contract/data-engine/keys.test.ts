import { describe, expect, test } from "vitest";
import type { Check } from "#core/data/check";
import { columnOf, csvOf, HOSTILE_NAMES, linesOf } from "./support/csv-text.ts";
import { engines, stored } from "./support/engines.ts";

describe.each(engines)("keys by the %s engine", (_, engine) => {
  const results = async (content: string, checks: readonly Check[]) =>
    (await engine.measure(await stored(content), checks)).results;

  const existsIn = async (other: string, columns = ["a"]): Promise<Check> => {
    return { kind: "exists-in", columns, other: { path: await stored(other, "other.csv"), columns } };
  };

  test("finds a row that repeats an earlier one in every column", async () => {
    const content = "a,b\n1,x\n2,x\n1,y\n1,x\n1,x\n";
    expect(await results(content, [{ kind: "distinct-rows" }])).toEqual([{ broken: 2, checked: 5, firstLine: 5 }]);
  });

  test("takes missing values of whole rows for equal, and those of keys for unequal", async () => {
    const content = "a,b\n,x\n,x\n,y\n";
    const checks: Check[] = [{ kind: "distinct-rows" }, { kind: "unique", columns: ["a", "b"] }];
    expect(await results(content, checks)).toEqual([
      { broken: 1, checked: 3, firstLine: 3 },
      { broken: 0, checked: 3, firstLine: undefined },
    ]);
  });

  test("counts the same check twice as often as it is asked", async () => {
    const check: Check = { kind: "unique", columns: ["a"] };
    const result = { broken: 1, checked: 3, firstLine: 4 };
    expect(await results("a\n1\n2\n1\n", [check, check])).toEqual([result, result]);
  });

  test("does not let one value run over into the next", async () => {
    const content = csvOf(
      ["a", "b"],
      [
        ["1,", "2"],
        ["1", ",2"],
        ["1:", ":2"],
        ["", "1"],
        ["1", ""],
        ["0:1", ""],
      ],
    );
    expect(await results(content, [{ kind: "distinct-rows" }])).toMatchObject([{ broken: 0 }]);
  });

  test("compares a column of numbers by value, and one that holds anything else as text", async () => {
    const rows = (last: string) => columnOf("a", ["1", "1.0", "+01", "1e0", last]);
    expect(await results(rows("2"), [{ kind: "distinct-rows" }])).toMatchObject([{ broken: 3, firstLine: 3 }]);
    expect(await results(rows("two"), [{ kind: "distinct-rows" }])).toMatchObject([{ broken: 0 }]);
  });

  test("F-05 tells integers beyond 2^53 apart, and takes −0 for 0", async () => {
    const content = columnOf("a", ["9007199254740992", "9007199254740993", "9007199254740993", "-0", "0"]);
    expect(await results(content, [{ kind: "distinct-rows" }])).toEqual([{ broken: 2, checked: 5, firstLine: 4 }]);
    const check = await existsIn(columnOf("a", ["9007199254740992", "0"]));
    expect(await results(content, [check])).toEqual([{ broken: 2, checked: 5, firstLine: 3 }]);
  });

  test("finds complete keys that another file does not have, and does not look at others", async () => {
    const content = "a,b\n1,x\n1,y\n,x\n2,\n";
    const check = await existsIn("b,a\nx,1\nx,9\n", ["a", "b"]);
    expect(await results(content, [check])).toEqual([{ broken: 1, checked: 2, firstLine: 3 }]);
  });

  test("finds a foreign key by value when both sides are numbers, else as text", async () => {
    const content = columnOf("a", ["1", "2", "3"]);
    expect(await results(content, [await existsIn(columnOf("a", ["1.0", "+2", "4"]))])).toMatchObject([
      { broken: 1, firstLine: 4 },
    ]);
    expect(await results(content, [await existsIn(columnOf("a", ["1.0", "2", "x"]))])).toMatchObject([
      { broken: 2, firstLine: 2 },
    ]);
  });

  test("breaks every row when the file has no such column", async () => {
    const check = await existsIn("a\n1\n");
    expect(await results("b\n1\n2\n", [check])).toEqual([{ broken: 2, checked: 2, firstLine: 2 }]);
  });

  test("takes its own file for the other one", async () => {
    const path = await stored("id,parent\n1,\n2,1\n3,7\n");
    const check: Check = { kind: "exists-in", columns: ["parent"], other: { path, columns: ["id"] } };
    expect((await engine.measure(path, [check])).results).toEqual([{ broken: 1, checked: 2, firstLine: 4 }]);
  });

  test("F-08, F-13 finds keys in columns with hostile names", async () => {
    const row = (value: string) => HOSTILE_NAMES.map(() => value);
    const path = await stored(csvOf(HOSTILE_NAMES, [row("1"), row("2")]), "other.csv");
    const checks = [
      ...HOSTILE_NAMES.map((name): Check => ({ kind: "exists-in", columns: [name], other: { path, columns: [name] } })),
      { kind: "distinct-rows" } as const,
    ];
    const header = HOSTILE_NAMES.reduce((sum, name) => sum + linesOf(name) - 1, 1);
    expect(await results(csvOf(HOSTILE_NAMES, [row("1"), row("3"), row("3")]), checks)).toEqual([
      ...HOSTILE_NAMES.map(() => ({ broken: 2, checked: 3, firstLine: header + 2 })),
      { broken: 1, checked: 3, firstLine: header + 3 },
    ]);
  });

  test("F-07 compares 200,000 rows with 100,000 keys", async () => {
    const numbers = (count: number, step: number) => Array.from({ length: count }, (_, at) => `k${at * step}`);
    const content = `a\n${numbers(200_000, 1).join("\n")}\n`;
    const check = await existsIn(`a\n${numbers(100_000, 2).join("\n")}\n`);
    expect(await results(content, [check, { kind: "distinct-rows" }])).toEqual([
      { broken: 100_000, checked: 200_000, firstLine: 3 },
      { broken: 0, checked: 200_000, firstLine: undefined },
    ]);
  });
});
