import { beforeEach, describe, expect, test } from "vitest";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { modelOf } from "#core/config/read-config";
import { compareColumns } from "#core/data/drift/compare-columns";
import type { ValidationReport } from "#core/data/validation-report";
import { digestOf } from "#core/digest";
import type { Evidence } from "#core/judge/evidence";
import { gatherEvidence } from "#core/judge/gather-evidence";
import type { Candidate } from "#core/model/candidate";
import { printRecord } from "#core/registry/read-record";
import { recordPath } from "#core/registry/release-record";
import { config, modelEntry } from "#test/support/builders/config";
import { finding } from "#test/support/builders/evidence";
import { candidate, contentsOf, lineage, MODEL } from "#test/support/builders/model";
import { KEY, releaseRecord } from "#test/support/builders/release-record";
import { type MemoryStore, memoryStore } from "#test/support/fakes/object-store";
import { temporaryFolder } from "#test/support/temporary-folder";

let folder: string;
let store: MemoryStore;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = memoryStore();
});

const files = () => folderFiles(folder);

describe("gathering evidence", () => {
  test("of a first model has no baseline and every metric of its own", async () => {
    await place("out", "challenger");
    const found = await gather();
    expect(found.baseline).toBeNull();
    expect(found).toMatchObject({ model: MODEL, holdout: { rows: 40, positives: 20 }, primaryMetric: "roc_auc" });
    expect(found.comparisons.every((one) => one.candidate !== null && one.gain === null)).toBe(true);
  });

  test("compares with the version that the release record names, from the store", async () => {
    await place("out", "challenger");
    const champion = described("champion");
    store.objects.set(champion.predictions.digest, new TextEncoder().encode(table("champion")));
    await recordServes(champion);
    const found = await gather();
    expect(found.baseline).toMatchObject({ digest: champion.digest, source: "release-record", generation: 3 });
    expect(found.comparisons[0]?.difference).not.toBeNull();
  });

  test("prefers a baseline given by hand over the record", async () => {
    await place("out", "challenger");
    await place("given", "veteran");
    await recordServes(described("champion"));
    const found = await gather("given");
    expect(found.baseline).toMatchObject({ digest: described("veteran").digest, source: "explicit", generation: null });
  });

  test("measures nothing against a baseline that was judged on another holdout", async () => {
    await place("out", "challenger");
    const champion = described("champion");
    const elsewhere = { ...champion, lineage: lineage({ data: { train: digestOf("t"), holdout: digestOf("other") } }) };
    store.objects.set(champion.predictions.digest, new TextEncoder().encode(table("champion")));
    await recordServes(elsewhere);
    const found = await gather();
    expect(found.baseline?.holdout).toBe(digestOf("other"));
    expect(found.comparisons.every((one) => one.baseline === null && one.gain === null)).toBe(true);
  });

  test("refuses to compare a model with itself", async () => {
    await place("out", "champion");
    await place("given", "champion");
    await expect(gather("given")).rejects.toMatchObject({ code: "SAME_MODEL" });
  });

  test("refuses a candidate whose file was replaced after training, naming the file", async () => {
    await place("out", "challenger");
    await files().write("out/model/weights.bin", "other bytes");
    await expect(gather()).rejects.toMatchObject({
      code: "CANDIDATE_CHANGED",
      problem: expect.stringContaining("out/model/weights.bin"),
    });
  });

  test("refuses a candidate trained on other data than was validated (F-09)", async () => {
    await place("out", "challenger");
    await validated(digestOf("other bytes"));
    await expect(gather()).rejects.toMatchObject({ code: "DATA_CHANGED" });
  });

  test("carries the findings of the data the candidate was trained on", async () => {
    await place("out", "challenger");
    await validated(described("challenger").lineage.data.train);
    expect(await gather()).toMatchObject({ contract: "checked", findings: [finding()] });
  });

  test("carries the drift that the data check measured", async () => {
    await place("out", "challenger");
    const drift = compareColumns([], []);
    await validated(described("challenger").lineage.data.train, { drift });
    expect((await gather()).drift).toEqual(drift);
  });

  test.each([
    [undefined, "none"],
    ["contracts/churn.yaml", "not-checked"],
  ])("of data nobody checked says so: with the contract %s it is %s", async (contract, expected) => {
    await place("out", "challenger");
    const found = await gather(undefined, contract === undefined ? {} : { contract });
    expect(found).toMatchObject({ contract: expected, findings: [] });
  });

  test("without a candidate names the step to run", async () => {
    await expect(gather()).rejects.toMatchObject({ code: "CANDIDATE_MISSING" });
  });
});

/** Predictions that get better the later the weights' name stands in the alphabet. */
function table(weights: string): string {
  const lines = Array.from({ length: 40 }, (_, row) => {
    const score = (row % 2) * 0.4 + ((row * weights.length * 7) % 50) / 100;
    return `r${row},${row % 2},${score.toFixed(3)}`;
  });
  return `id,y_true,score\n${lines.join("\n")}\n`;
}

function described(weights: string): Candidate {
  return {
    ...candidate({ weights }),
    predictions: { path: "predictions.csv", digest: digestOf(table(weights)), rows: 40 },
  };
}

async function place(at: string, weights: string): Promise<void> {
  for (const [path, text] of Object.entries(contentsOf(weights).model))
    await files().write(`${at}/model/${path}`, text);
  await files().write(`${at}/predictions.csv`, table(weights));
  await files().write(`${at}/candidate.json`, JSON.stringify(described(weights)));
}

async function recordServes({ digest, files: modelFiles, predictions, lineage: { data, commit } }: Candidate) {
  const serving = { digest, files: modelFiles, predictions, holdout: data.holdout, evidence: digestOf("e"), commit };
  const record = { ...releaseRecord(), serving };
  await files().write(recordPath.format(KEY), printRecord(record, yamlDocuments()));
}

async function validated(train: `sha256:${string}`, facts: Partial<ValidationReport> = {}): Promise<void> {
  const datasets = [train, described("any").lineage.data.holdout].map((digest, at) => {
    return { path: `data/${at}.csv`, digest, rows: 40, bytes: 400 };
  });
  const report = { format: "tidemark/validation", version: 1, model: MODEL, verdict: "fail", datasets };
  await files().write(
    `.tidemark/validation-${MODEL}.json`,
    JSON.stringify({ ...report, findings: [finding()], ...facts }),
  );
}

async function gather(explicit?: string, facts: Record<string, unknown> = {}): Promise<Evidence> {
  await files().write("scratch/keep", "");
  const clock = () => new Date("2026-03-02T09:05:00Z");
  const ports = { files: files(), documents: yamlDocuments(), engine: csvDataEngine(), clock, store: () => store };
  return gatherEvidence(ports, {
    key: KEY,
    explicit,
    scratch: "scratch",
    model: modelOf(config({ [MODEL]: modelEntry(facts) }), MODEL),
    candidate: "out",
    run: null,
    tool: "tidemark test",
  });
}
