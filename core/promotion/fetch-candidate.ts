import { UserError } from "../errors.ts";
import type { Evidence } from "../judge/evidence.ts";
import { readEvidence } from "../judge/read-evidence.ts";
import { refuseForeign } from "../judge/refuse-foreign.ts";
import { artifactName } from "../model/artifact-names.ts";
import type { Candidate } from "../model/candidate.ts";
import { EVIDENCE_FILE } from "../model/layout.ts";
import { readCandidate } from "../model/read-candidate.ts";
import type { CodeHost } from "../ports/code-host.ts";
import type { Documents } from "../ports/documents.ts";
import type { Files } from "../ports/files.ts";

export interface FetchPorts {
  readonly host: Pick<CodeHost, "runs" | "artifacts">;
  readonly documents: Documents;
  /** An empty folder. */
  readonly files: Files;
}

export interface FetchedCandidate {
  /** The folder below which everything lies. */
  readonly files: Files;
  readonly subject: { readonly candidate: Candidate; readonly evidence: Evidence; readonly folder: string };
}

const LIMITS = { maxEntries: 2_000, maxBytes: 2 * 1024 ** 3 };

/**
 * The candidate and its evidence, from the newest run of a head commit that left both. Every file is hashed against
 * what the candidate says of it. @throws UserError CANDIDATE_MISSING, CANDIDATE_INVALID, CANDIDATE_CHANGED,
 * EVIDENCE_FOREIGN
 */
export async function fetchCandidate(
  ports: FetchPorts,
  wanted: { model: string; commit: string },
): Promise<FetchedCandidate> {
  const { host, documents, files } = ports;
  // A fork's run could have uploaded anything under these names; its model reaches production by training it here.
  const runs = (await host.runs.ofCommit(wanted.commit)).filter(
    ({ status, sameRepository }) => status === "completed" && sameRepository,
  );
  for (const run of runs) {
    const names = await host.artifacts.names(run.id);
    const [candidateName, reportName] = [artifactName.candidate(wanted.model), artifactName.report(wanted.model)];
    if (!names.includes(candidateName) || !names.includes(reportName)) continue;
    // Two commands of one comment share the folder.
    for (const folder of ["candidate", "report"]) await files.removeFolder(folder);
    await host.artifacts.download(run.id, candidateName, files.locate("candidate"), LIMITS);
    await host.artifacts.download(run.id, reportName, files.locate("report"), LIMITS);
    const candidate = await readCandidate({ files, documents }, "candidate");
    const evidence = await readEvidence({ files, documents }, `report/${EVIDENCE_FILE}`);
    refuseForeign(evidence, { run, model: wanted.model });
    return { files, subject: { candidate, evidence, folder: "candidate" } };
  }
  throw new UserError(
    "CANDIDATE_MISSING",
    `No run of ${wanted.commit.slice(0, 7)} holds a candidate and a report of ${wanted.model}; artifacts expire.`,
    "Run the training workflow again on this commit.",
  );
}
