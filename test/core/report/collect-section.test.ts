import { expect, test } from "vitest";
import { DATASET_RECORD_VERSION, type DatasetRecord } from "#core/data/collect/dataset-record";
import { digestOf } from "#core/digest";
import { collectSection } from "#core/report/collect-section";

const record: DatasetRecord = {
  version: DATASET_RECORD_VERSION,
  name: "trips",
  digest: digestOf("now"),
  format: "csv",
  rows: 1_234_567,
  bytes: 52_428_800,
  files: [{ path: "trips.csv", size: 52_428_800, digest: digestOf("now") }],
  columns: [{ name: "id" }, { name: "speed" }],
  schemaHash: digestOf("columns"),
  source: { kind: "https", files: [{ url: "https://h.example/trips.csv", size: 52_428_800, digest: digestOf("now") }] },
  upstream: null,
  timeRange: null,
  parent: digestOf("before"),
  collectedAt: "2026-01-02T03:04:05.000Z",
};

test.each<[string, DatasetRecord, "collected" | "unchanged"]>([
  ["web", record, "collected"],
  [
    "dvc",
    {
      ...record,
      parent: null,
      source: { kind: "files", files: [{ path: "data/trips.csv", size: 52_428_800, digest: digestOf("now") }] },
      upstream: { kind: "dvc", md5: "0123456789abcdef0123456789abcdef", size: 1 },
    },
    "unchanged",
  ],
  [
    "topic",
    {
      ...record,
      source: { kind: "kafka", topic: "trips|<b>", offsets: { "0": "1" } },
      messages: 1_234_570,
      duplicates: 1,
      tombstones: 0,
      poison: { count: 2, reasons: { NOT_JSON: 2 }, kept: [] },
      deadLetters: { digest: digestOf("letters"), messages: 2, kept: 2 },
    },
    "collected",
  ],
])("the summary of a collection from %s reads well", async (name, shown, kind) => {
  const text = collectSection({ kind, record: shown, recordPath: "datasets/trips.json", store: "s3://data/raw/" });
  await expect(text).toMatchFileSnapshot(`golden/collect-${name}.md`);
});
