import { expect, test } from "vitest";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { artifactName } from "#core/model/artifact-names";
import type { WorkflowRun } from "#core/ports/code-host";
import { fetchCandidate } from "#core/promotion/fetch-candidate";
import { evidence } from "#test/support/builders/evidence";
import { COMMIT, candidate, contentsOf, MODEL } from "#test/support/builders/model";
import { type MemoryCodeHost, memoryCodeHost } from "#test/support/fakes/code-host";
import { temporaryFolder } from "#test/support/temporary-folder";

test("takes candidate and evidence from the newest run that left both", async () => {
  const host = memoryCodeHost();
  uploaded(host, 1, "older");
  uploaded(host, 2, "challenger");
  host.world.runs.set(3, run(3));
  expect(await fetched(host)).toBe(candidate().digest);
});

test.each<[string, Partial<WorkflowRun>]>([
  ["of a fork (F-66)", { sameRepository: false }],
  ["of another commit", { headSha: "b".repeat(40) }],
  ["that has not ended", { status: "in_progress" }],
])("takes nothing from a run %s", async (_, facts) => {
  const host = memoryCodeHost();
  uploaded(host, 1, "challenger", facts);
  await expect(fetched(host)).rejects.toMatchObject({ code: "CANDIDATE_MISSING" });
});

test("refuses files that are not those the candidate lists, naming the file (F-28)", async () => {
  const host = memoryCodeHost();
  uploaded(host, 1, "challenger");
  const files = host.world.artifacts.get(1)!;
  const name = artifactName.candidate(MODEL);
  files.set(name, { ...files.get(name)!, "model/weights.bin": "other bytes" });
  await expect(fetched(host)).rejects.toMatchObject({
    code: "CANDIDATE_CHANGED",
    problem: expect.stringContaining("weights.bin"),
  });
});

function run(id: number, facts: Partial<WorkflowRun> = {}): WorkflowRun {
  const ended = { status: "completed", conclusion: "success", event: "pull_request", path: ".github/workflows/t.yml" };
  return { id, attempt: 1, headSha: COMMIT, url: "", sameRepository: true, ...ended, ...facts };
}

function uploaded(host: MemoryCodeHost, ...[id, weights, facts]: [number, string, Partial<WorkflowRun>?]): void {
  const of = candidate({ weights });
  const { model, predictions } = contentsOf(weights);
  const files = Object.fromEntries(Object.entries(model).map(([path, text]) => [`model/${path}`, text]));
  host.world.runs.set(id, run(id, facts));
  host.world.artifacts.set(
    id,
    new Map([
      [
        artifactName.candidate(MODEL),
        { ...files, "predictions.csv": predictions, "candidate.json": JSON.stringify(of) },
      ],
      [
        artifactName.report(MODEL),
        { "evidence.json": JSON.stringify(evidence({ of, run: { id, attempt: 1, headSha: COMMIT } })) },
      ],
    ]),
  );
}

async function fetched(host: MemoryCodeHost): Promise<string> {
  const files = folderFiles(await temporaryFolder());
  const found = await fetchCandidate({ host, documents: yamlDocuments(), files }, { model: MODEL, commit: COMMIT });
  expect(found.subject.evidence.candidate.digest).toBe(found.subject.candidate.digest);
  return found.subject.candidate.digest;
}
