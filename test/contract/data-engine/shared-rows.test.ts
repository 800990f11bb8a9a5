import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { csvOf, HOSTILE_NAMES, linesOf } from "./support/csv-text.ts";
import { engines, stored } from "./support/engines.ts";

describe.each(engines)("shared rows by the %s engine", (_, engine) => {
  const shared = async (left: string, right: string, columns?: readonly string[]) =>
    engine.sharedRows(await stored(left, "left.csv"), await stored(right, "right.csv"), columns);

  test("counts the rows of the right file that the left one has, whatever the columns' order", async () => {
    expect(await shared("a,b\n1,x\n2,y\n3,\n", "b,a\nz,1\ny,2\nx,1\nx,1\n,3\n")).toEqual({
      columns: ["a", "b"],
      rows: 5,
      shared: 4,
      firstLine: 3,
    });
  });

  test("compares the columns that both have, or those that are named", async () => {
    const [left, right] = ["a,b,left\n1,x,l\n2,y,l\n", "a,b,right\n1,y,r\n2,y,r\n"];
    expect(await shared(left, right)).toMatchObject({ columns: ["a", "b"], shared: 1, firstLine: 3 });
    expect(await shared(left, right, ["b"])).toMatchObject({ columns: ["b"], shared: 2, firstLine: 2 });
  });

  test("shares nothing when there is no column in common", async () => {
    expect(await shared("a\n1\n", "b\n1\n2\n")).toEqual({ columns: [], rows: 2, shared: 0, firstLine: undefined });
  });

  test("compares a column by value when it is numeric on both sides, else as text", async () => {
    expect(await shared("a\n1\n2.50\n", "a\n1.0\n2.5\n3\n")).toMatchObject({ shared: 2, firstLine: 2 });
    expect(await shared("a\n1\nx\n", "a\n1.0\n1\n")).toMatchObject({ shared: 1, firstLine: 3 });
    expect(await shared("a,b\n,1\n", "a,b\n,1.0\n")).toMatchObject({ shared: 1 });
  });

  test("F-05 tells integers beyond 2^53 apart", async () => {
    expect(await shared("a\n9007199254740993\n", "a\n9007199254740992\n9007199254740993\n")).toMatchObject({
      shared: 1,
      firstLine: 3,
    });
  });

  test("does not let one value run over into the next", async () => {
    const left = csvOf(
      ["a", "b"],
      [
        ["1,", "2"],
        ["", "3"],
      ],
    );
    const right = csvOf(
      ["a", "b"],
      [
        ["1", ",2"],
        ["3", ""],
      ],
    );
    expect(await shared(left, right)).toMatchObject({ shared: 0, firstLine: undefined });
  });

  test("tells the line after values with line breaks in them", async () => {
    expect(await shared("a,b\nx,1\n", 'a,b\n"one\ntwo\nthree",1\nx,1\n')).toMatchObject({ firstLine: 5 });
  });

  test("F-08, F-13 compares columns with hostile names", async () => {
    const table = (values: readonly string[]) =>
      csvOf(
        HOSTILE_NAMES,
        values.map((value) => HOSTILE_NAMES.map(() => value)),
      );
    const header = HOSTILE_NAMES.reduce((sum, name) => sum + linesOf(name) - 1, 1);
    expect(await shared(table(["1", "x"]), table(["2", "x"]))).toEqual({
      columns: HOSTILE_NAMES,
      rows: 2,
      shared: 1,
      firstLine: header + 2,
    });
  });

  test("F-08 compares values by their bytes, not by how they look", async () => {
    expect(await shared("a\ncaf\u00e9\n", "a\ncafe\u0301\ncaf\u00e9\n")).toMatchObject({ shared: 1, firstLine: 3 });
  });

  test("of a gzipped file with itself are all of them", async () => {
    const path = await stored(gzipSync("a,b\n1,x\n2,\n"), "data.csv.gz");
    expect(await engine.sharedRows(path, path, undefined)).toMatchObject({ rows: 2, shared: 2, firstLine: 2 });
  });
});
