import { describe, expect, test } from "vitest";
import { chooseEngine, type EngineChoice } from "#core/data/engines/choose-engine";
import type { TableEngine } from "#core/data/engines/table-engine";
import { NO_SURVEY } from "#core/data/survey";
import { UserError } from "#core/errors";

const BIG = 50_000_000;
const missing = new UserError("DATA_ENGINE_MISSING", "DuckDB is not here.", "Reach a registry.");

/** Two engines that note what they are asked, and fail where `fails` says so. */
function scene({ size = BIG, fails = {} }: { size?: number; fails?: Partial<Record<"duckdb" | "csv", Error>> } = {}) {
  const asked: string[] = [];
  const warnings: string[] = [];
  const engine = (name: "duckdb" | "csv"): TableEngine => {
    const answer = async (question: string) => {
      asked.push(`${name} ${question}`);
      if (fails[name] !== undefined) throw fails[name];
      return {} as never;
    };
    return {
      measure: () => answer("measure"),
      predictions: () => answer("predictions"),
      survey: () => answer("survey"),
      sharedRows: () => answer("sharedRows"),
    };
  };
  const chosen = (choice: EngineChoice) =>
    chooseEngine(choice, {
      duckDb: engine("duckdb"),
      csv: engine("csv"),
      bytesOf: async () => size,
      warn: (sentence) => void warnings.push(sentence),
    });
  return { chosen, asked, warnings };
}

describe("the engine that suits", () => {
  test.each([
    ["rows.csv", BIG, "duckdb"],
    ["rows.csv", 4_000_000, "csv"],
    ["rows.csv.gz", 1_000_000, "csv"],
    ["rows.CSV.GZ", 1_000_001, "duckdb"],
    ["rows", 10, "csv"],
    ["rows.parquet", 10, "duckdb"],
    ["rows.jsonl", 10, "duckdb"],
    ["rows.ndjson.gz", 10, "duckdb"],
    ["rows.csv.zst", 10, "duckdb"],
  ])("%s of %i bytes is %s", async (path, size, name) => {
    const { chosen, asked } = scene({ size });
    await chosen("auto").measure(path, []);
    expect(asked).toEqual([`${name} measure`]);
  });

  test("statements is DuckDB, however small the file", async () => {
    const { chosen, asked } = scene({ size: 10 });
    await chosen("auto").survey("rows.csv", { ...NO_SURVEY, queries: ["SELECT 1"] });
    await chosen("auto").survey("rows.csv", NO_SURVEY);
    expect(asked).toEqual(["duckdb survey", "csv survey"]);
  });

  test("all files a question opens is DuckDB when one of them asks for it", async () => {
    const { chosen, asked } = scene({ size: 10 });
    const engine = chosen("auto");
    const other = { path: "keys.parquet", columns: ["id"] };
    await engine.measure("rows.csv", [{ kind: "exists-in", columns: ["id"], other }]);
    await engine.survey("rows.csv", { ...NO_SURVEY, reference: { kind: "rows", path: "old.parquet" } });
    await engine.sharedRows("rows.csv", "rows.parquet", undefined);
    await engine.sharedRows("rows.csv", "old.csv", undefined);
    expect(asked).toEqual(["duckdb measure", "duckdb survey", "duckdb sharedRows", "csv sharedRows"]);
  });

  test("a small CSV file is DuckDB for what the reader for CSV cannot do", async () => {
    const lacks = new UserError("ENGINE_LACKS", "No SQL here.", "Use DuckDB.");
    const { chosen, asked, warnings } = scene({ size: 10, fails: { csv: lacks } });
    await chosen("auto").survey("rows.csv", NO_SURVEY);
    expect([asked, warnings]).toEqual([["csv survey", "duckdb survey"], []]);
  });
});

describe("without DuckDB", () => {
  test("CSV is read all the same, with one warning for the whole run", async () => {
    const { chosen, asked, warnings } = scene({ fails: { duckdb: missing } });
    const engine = chosen("auto");
    await engine.measure("rows.csv", []);
    await engine.survey("rows.csv.gz", NO_SURVEY);
    expect(asked).toEqual(["duckdb measure", "csv measure", "duckdb survey", "csv survey"]);
    expect(warnings).toEqual(["DuckDB is not here. The slower reader for CSV does its work."]);
  });

  test("another format is refused with the way to get it", async () => {
    const { chosen, asked } = scene({ fails: { duckdb: missing } });
    await expect(chosen("auto").measure("rows.parquet", [])).rejects.toBe(missing);
    expect(asked).toEqual(["duckdb measure"]);
  });

  test("what the reader for CSV cannot do is refused for the same reason, not for its own", async () => {
    const lacks = new UserError("ENGINE_LACKS", "No SQL here.", "Use DuckDB.");
    const { chosen } = scene({ fails: { duckdb: missing, csv: lacks } });
    await expect(chosen("auto").survey("rows.csv", NO_SURVEY)).rejects.toBe(missing);
  });
});

test.each(["DATA_MALFORMED", "DATA_ENGINE_REFUSED", "DATA_ENGINE_DIED", "DATA_ENGINE_MEMORY"])(
  "DuckDB's %s is the answer and no other engine is asked",
  async (code) => {
    const error = new UserError(code, "No.", "Mend it.");
    const { chosen, asked, warnings } = scene({ fails: { duckdb: error } });
    await expect(chosen("auto").measure("rows.csv", [])).rejects.toBe(error);
    expect([asked, warnings]).toEqual([["duckdb measure"], []]);
  },
);

describe("an engine that is named", () => {
  test("duckdb reads everything, and never lets another take its place", async () => {
    const { chosen, asked } = scene({ size: 10, fails: { duckdb: missing } });
    await expect(chosen("duckdb").measure("rows.csv", [])).rejects.toBe(missing);
    expect(asked).toEqual(["duckdb measure"]);
  });

  test("csv reads CSV of any size and says which file it cannot read", async () => {
    const { chosen, asked } = scene();
    await chosen("csv").measure("rows.csv", []);
    const refused = chosen("csv").sharedRows("rows.csv", "rows.parquet", undefined);
    await expect(refused).rejects.toMatchObject({
      code: "ENGINE_LACKS",
      problem: expect.stringContaining("rows.parquet"),
    });
    expect(asked).toEqual(["csv measure"]);
  });
});
