import { symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import { csvOf } from "./support/csv-text.ts";
import { csv, duckDb, type Engine, engines, RUNS, stored } from "./support/engines.ts";

const columns = { id: "id", label: "churned", score: "score", positive: "yes", slices: ["plan"] };
const WELL_FORMED = 'plan,score,id,churned\npro,0.75,a,yes\nfree,0,"b\nc",no\n,1e-7,d,no\n';

describe.each(engines)("predictions by the %s engine", (_, engine) => {
  test("are read by name into typed columns", async () => {
    const rows = await engine.predictions(await stored(WELL_FORMED), columns);
    expect(rows.digest).toBe(digestOf(WELL_FORMED));
    expect(rows.ids).toEqual(["a", "b\nc", "d"]);
    expect([...rows.labels]).toEqual([1, 0, 0]);
    expect([...rows.scores]).toEqual([0.75, 0, 1e-7]);
    expect(rows.slices).toEqual(new Map([["plan", ["pro", "free", ""]]]));
  });

  test("may be gzipped", async () => {
    const bytes = gzipSync(WELL_FORMED);
    const { digest, ids } = await engine.predictions(await stored(bytes, "p.csv.gz"), columns);
    expect([digest, ids.length]).toEqual([digestOf(bytes), 3]);
  });

  test.each([
    [
      "a missing column",
      "id,churned,scores,plan\na,yes,1,x\n",
      'there is no column "score". The file has the columns "id", "churned", "scores", "plan". Did you mean "scores"?',
    ],
    ["an id that occurs twice", "id,churned,score,plan\na,yes,1,x\na,no,1,x\n", 'line 3: the id "a" occurs twice'],
    ["a missing id", "id,churned,score,plan\n,yes,1,x\n", "line 2: the id is missing"],
    [
      "a third class",
      "id,churned,score,plan\na,no,1,x\nb,maybe,1,x\n",
      'line 3: the churned "maybe" is a third class beside "yes" (the positive class) and "no"',
    ],
    ["a missing label", "id,churned,score,plan\na,,1,x\n", "line 2: the churned is missing"],
    [
      "a score above one",
      "id,churned,score,plan\na,yes,1.5,x\n",
      'line 2: the score "1.5" is not a number from 0 to 1',
    ],
    ["a score that is no number", "id,churned,score,plan\na,yes,NaN,x\n", 'the score "NaN"'],
    ["F-05 a decimal comma", 'id,churned,score,plan\na,yes,"0,5",x\n', 'the score "0,5"'],
    ["F-05 a score beyond every number", "id,churned,score,plan\na,yes,1e999,x\n", 'the score "1e999"'],
    [
      "a bad row after a value with line breaks",
      'id,churned,score,plan\n"a\n\nb",yes,1,x\nc,,1,x\n',
      "line 5: the churned is missing",
    ],
  ])("are refused with %s", async (_name, content, message) => {
    await expect(engine.predictions(await stored(content), columns)).rejects.toMatchObject({
      code: "PREDICTIONS_MALFORMED",
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ["F-01 an empty file", "", "DATA_EMPTY"],
    ["F-01 a header alone", "id,churned,score,plan\n", "DATA_EMPTY"],
    ["F-02 a short row", "id,churned,score,plan\na,yes,1\n", "DATA_MALFORMED"],
    ["F-02 a NUL byte", "id,churned,score,plan\na\0,yes,1,x\n", "DATA_MALFORMED"],
  ])("are refused as %s", async (_name, content, code) => {
    await expect(engine.predictions(await stored(content), columns)).rejects.toMatchObject({ code });
  });

  test("behind a link are refused, since an error would quote whatever file it leads to", async () => {
    const path = await stored(WELL_FORMED);
    const link = join(dirname(path), "link.csv");
    await symlink(path, link);
    await expect(engine.predictions(link, columns)).rejects.toMatchObject({
      code: "PREDICTIONS_MALFORMED",
      problem: `${link}: is a link, not a file.`,
    });
  });
});

describe("predictions by both engines", () => {
  const outcome = async (engine: Engine, path: string) =>
    engine.predictions(path, columns).catch((error: unknown) => {
      if (error instanceof UserError) return `${error.code} ${error.problem} ${error.hint}`;
      throw error;
    });

  test("are the same, and so is the refusal", async () => {
    const row = fc.tuple(
      fc.constantFrom("a", "b", "c", "d", "e", "f", "é", "x\ny", ""),
      fc.constantFrom("yes", "yes", "no", "no", "no", "maybe"),
      fc.constantFrom("0", "1", "0.5", ".25", "1.", "1e-3", "-0", "1.01", "nan", " 1"),
      fc.constantFrom("pro", "free", ""),
    );
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ([id]) => id });
    await fc.assert(
      fc.asyncProperty(rows, async (some) => {
        const path = await stored(csvOf(["id", "churned", "score", "plan"], some));
        expect(await outcome(duckDb, path)).toEqual(await outcome(csv, path));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  test("of .zst are read by DuckDB and refused by the reader for CSV", async () => {
    const path = await stored(zstdCompressSync(WELL_FORMED), "p.csv.zst");
    const { digest: _zst, ...rows } = await duckDb.predictions(path, columns);
    const { digest: _plain, ...expected } = await csv.predictions(await stored(WELL_FORMED), columns);
    expect(rows).toEqual(expected);
    await expect(csv.predictions(path, columns)).rejects.toMatchObject({ code: "ENGINE_LACKS" });
  });
});
