import { canonicalJson } from "../canonical-json.ts";
import { gateOf, type ModelConfig } from "../config/tidemark-config.ts";
import { shortDigest } from "../digest.ts";
import { UserError } from "../errors.ts";
import { type Evidence, evidenceDigest } from "../judge/evidence.ts";
import type { Candidate } from "../model/candidate.ts";
import { MODEL_FOLDER } from "../model/layout.ts";
import type { CodeHost } from "../ports/code-host.ts";
import type { Documents } from "../ports/documents.ts";
import type { RecordKey } from "../registry/read-record.ts";
import { recordAt } from "../registry/record-at.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";
import { promotionText } from "../report/promotion-text.ts";
import { type PromotionRefusal, planPromotion } from "./plan-promotion.ts";
import { type Proposed, proposeRecord } from "./propose-record.ts";
import { type RemeasurePorts, remeasure } from "./remeasure.ts";
import { supersede } from "./supersede.ts";

export interface PromotePorts extends RemeasurePorts {
  readonly host: CodeHost;
  readonly documents: Documents;
}

export interface PromoteRequest {
  readonly key: RecordKey;
  readonly candidate: Candidate;
  readonly evidence: Evidence;
  /** The model as the default branch configures it. */
  readonly model: ModelConfig;
  /** The candidate's folder, below the root of `files`. */
  readonly folder: string;
}

export interface Promoted extends Proposed {
  readonly record: ReleaseRecord;
}

const HINTS: Record<PromotionRefusal, string> = {
  ON_HOLD: "Comment /model resume on a pull request once the cause is mended.",
  NOT_PROVEN: "Read the report, improve the model or give it more holdout rows.",
  EVIDENCE_MISMATCH: "Hand over the candidate and the evidence of one run.",
  BASELINE_MOVED: "Run the comparison again, against the version that serves now.",
  ALREADY_SERVING: "There is nothing to promote.",
};

/**
 * Brings a proven candidate up for promotion: keeps its files and evidence in the store, then opens the one pull
 * request that names it. @throws UserError with the refusal's code
 */
export async function promote(ports: PromotePorts, request: PromoteRequest): Promise<Promoted> {
  const { host, documents } = ports;
  const base = await defaultHead(host);
  const current = await recordAt(ports, request.key, base);
  const gate = gateOf(request.model);
  const plan = planPromotion({ ...request, gate, current });
  if (!plan.ok) throw new UserError(plan.code, plan.reason, HINTS[plan.code]);
  const predictions = `${request.folder}/${request.candidate.predictions.path}`;
  await remeasure(ports, { ...request, current, predictions });
  await keep(ports, request);
  const title = `Promote ${request.key.model} ${shortDigest(plan.value.serving.digest)} to ${request.key.environment}`;
  const proposal = {
    record: plan.value,
    base,
    title,
    text: promotionText(request.evidence, gate, plan.value),
  };
  const proposed = await proposeRecord(host, documents, proposal);
  await supersede(host, proposed.pullRequest, request.key);
  return { ...proposed, record: plan.value };
}

export async function defaultHead(host: Pick<CodeHost, "branches">): Promise<string> {
  const branch = await host.branches.defaultBranch();
  const head = await host.branches.head(branch);
  if (head !== undefined) return head;
  throw new UserError("REPOSITORY_EMPTY", `The default branch ${branch} has no commit.`, "Push a first commit.");
}

/** Everything the record names must be in the store before the record can name it. */
async function keep({ store, files }: PromotePorts, { candidate, evidence, folder }: PromoteRequest): Promise<void> {
  const path = `${folder}/evidence.canonical.json`;
  await files.write(path, canonicalJson(evidence));
  const objects = [
    ...candidate.files.map((file) => ({ digest: file.digest, path: `${folder}/${MODEL_FOLDER}/${file.path}` })),
    { digest: candidate.predictions.digest, path: `${folder}/${candidate.predictions.path}` },
    { digest: evidenceDigest(evidence), path },
  ];
  for (const { digest, path: from } of objects) {
    if (!(await store.has(digest))) await store.put(digest, files.locate(from));
  }
}
