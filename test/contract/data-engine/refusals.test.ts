import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Check } from "#core/data/check";
import { NO_SURVEY } from "#core/data/survey";
import { temporaryFolder } from "#test/support/temporary-folder";
import { csv, type Engine, engines, stored } from "./support/engines.ts";

/** Every way a file can come in. */
const doors = (engine: Engine, sound: string): Record<string, (path: string) => Promise<unknown>> => ({
  measure: (path) => engine.measure(path, [{ kind: "type", column: "a", type: "integer" }]),
  "measure as the other file of keys": (path) =>
    engine.measure(sound, [{ kind: "exists-in", columns: ["a"], other: { path, columns: ["a"] } }]),
  survey: (path) => engine.survey(path, NO_SURVEY),
  "survey as the reference": (path) => engine.survey(sound, { ...NO_SURVEY, reference: { kind: "rows", path } }),
  "sharedRows at the left": (path) => engine.sharedRows(path, sound, ["a"]),
  "sharedRows at the right": (path) => engine.sharedRows(sound, path, ["a"]),
});

describe.each(engines)("the %s engine refuses", (_, engine) => {
  const measure = async (content: string | Uint8Array, checks: readonly Check[] = [], name?: string) =>
    engine.measure(await stored(content, name), checks);

  test.each([
    ["F-01 an empty file", "", "DATA_EMPTY", "is empty"],
    ["F-01 a header alone", "a,b\n", "DATA_EMPTY", "has a header and no row"],
    ["F-02 a short row", "a,b\n1,2\n3\n", "DATA_MALFORMED", "line 3: the row has 1 values and the header has 2"],
    ["F-02 a long row", "a,b\n1,2,3\n", "DATA_MALFORMED", "line 2: the row has 3 values and the header has 2"],
    ["F-02 a blank line", "a,b\n1,2\n\n3,4\n", "DATA_MALFORMED", "line 3: the row has 1 values"],
    ["F-02 an open quote", 'a,b\n1,2\n3,"4\n5,6\n', "DATA_MALFORMED", "line 3: a quote is opened and never closed"],
    ["F-02 a quote inside", 'a,b\n1,2"x\n', "DATA_MALFORMED", "line 2: a quote stands inside"],
    ["F-02 text after a quote", 'a,b\n1,"2"x\n', "DATA_MALFORMED", "line 2: text follows a closing quote"],
    ["F-02 a NUL byte", "a,b\n1,2\n\0,3\n", "DATA_MALFORMED", "line 3: a NUL byte"],
    ["F-02 Latin-1", Buffer.from("a\nok\ncaf\xe9\n", "latin1"), "DATA_MALFORMED", "line 3: the text is not UTF-8"],
    ["F-02 UTF-16", Buffer.from("\uFEFFa\n1\n", "utf16le"), "DATA_MALFORMED", "line 1"],
    ["F-02 a cut character", Buffer.from([0x61, 0x0a, 0x31, 0x0a, 0xc3]), "DATA_MALFORMED", "not UTF-8"],
    ["F-07 a 10 MB cell", `a\n${"x".repeat(10_000_000)}\n`, "DATA_MALFORMED", "line 2: a value is longer than 1 MiB"],
    ["F-13 a NUL in a column's name", "a\0,b\n1,2\n", "DATA_MALFORMED", "line 1: a NUL byte"],
    ["two columns of one name", "a,b,a\n1,2,3\n", "DATA_MALFORMED", 'line 1: two columns are named "a"'],
    ["a column without a name", "a,\n1,2\n", "DATA_MALFORMED", "column 2 has no name"],
  ])("%s at every door, naming the file and the reason", async (_name, content, code, reason) => {
    const path = await stored(content, "broken.csv");
    const sound = await stored("a,b\n1,2\n", "sound.csv");
    for (const [door, open] of Object.entries(doors(engine, sound))) {
      const error = await open(path).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error, door).toMatchObject({ code, message: expect.stringContaining(reason) });
      expect(error, door).toMatchObject({ message: expect.stringContaining(path) });
    }
  });

  test("F-02 a cut and a prolonged gzip stream", async () => {
    const bytes = gzipSync(`a\n${"1\n".repeat(50_000)}`);
    await expect(measure(bytes.subarray(0, -20), [], "a.csv.gz")).rejects.toMatchObject({ code: "DATA_MALFORMED" });
    await expect(measure(Buffer.concat([bytes, Buffer.from("junk")]), [], "a.csv.gz")).rejects.toThrow("gzip");
    const path = await stored(bytes.subarray(0, -20), "b.csv.gz");
    await expect(engine.survey(path, NO_SURVEY)).rejects.toMatchObject({ code: "DATA_MALFORMED" });
  });

  test("a file that does not exist, at every door", async () => {
    for (const [door, open] of Object.entries(doors(engine, await stored("a\n1\n"))))
      await expect(open("no/such.csv"), door).rejects.toMatchObject({ code: "DATA_MISSING" });
  });

  test.each(["(?=x)a", "(a)\\1", "[", "(a{1000}){1000}", "a".repeat(1_001)])(
    "F-22 the pattern %.20s",
    async (pattern) => {
      const checks: Check[] = [{ kind: "pattern", column: "a", pattern }];
      await expect(measure("a\nx\n", checks)).rejects.toMatchObject({ code: "CHECK_REFUSED" });
      await expect(engine.survey(await stored("a\nx\n"), { ...NO_SURVEY, checks })).rejects.toMatchObject({
        code: "CHECK_REFUSED",
      });
    },
  );

  test("a column to survey or compare that nobody has, and suggests the one that was meant", async () => {
    const path = await stored("speed,b\n1,2\n");
    const other = await stored("speed,c\n1,2\n", "other.csv");
    const missing = { code: "COLUMN_MISSING", message: expect.stringContaining('Did you mean "speed"?') };
    await expect(engine.survey(path, { ...NO_SURVEY, columns: ["sped"] })).rejects.toMatchObject(missing);
    await expect(engine.sharedRows(path, path, ["sped"])).rejects.toMatchObject(missing);
    await expect(engine.sharedRows(path, other, ["b"])).rejects.toMatchObject({
      code: "COLUMN_MISSING",
      message: expect.stringContaining(other),
    });
    const keys: Check = { kind: "exists-in", columns: ["speed"], other: { path: other, columns: ["sped"] } };
    await expect(engine.measure(path, [keys])).rejects.toMatchObject(missing);
  });
});

describe("the reader for CSV alone refuses", () => {
  test.each(["data.parquet", "data.jsonl", "data.ndjson.gz", "data.csv.zst", "DATA.PARQUET"])(
    "%s, naming DuckDB, at every door",
    async (name) => {
      const path = await stored("a\n1\n", name);
      for (const [door, open] of Object.entries(doors(csv, await stored("a\n1\n"))))
        await expect(open(path), door).rejects.toMatchObject({
          code: "ENGINE_LACKS",
          message: expect.stringMatching(/DuckDB/),
        });
    },
  );

  test("a folder", async () => {
    await expect(csv.measure(await temporaryFolder(), [])).rejects.toMatchObject({ code: "ENGINE_LACKS" });
  });
});
