import { expect, test } from "vitest";
import { predictionsName } from "#core/model/predictions-name";

test.each([
  ["predictions.csv", "served.csv"],
  ["out/rows.CSV.gz", "served.CSV.gz"],
  ["rows.parquet", "served.parquet"],
  ["rows.jsonl.zst", "served.jsonl.zst"],
  ["rows", "served"],
  ["rows.csv/../x", "served"],
])("fetched predictions keep the end of %s and nothing else", (path, name) => {
  expect(predictionsName("served", { path })).toBe(name);
});
