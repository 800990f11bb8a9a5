import { gateOf, type ModelConfig } from "../config/tidemark-config.ts";
import { ValidationReport, validationPath } from "../data/validation-report.ts";
import { UserError } from "../errors.ts";
import type { Candidate } from "../model/candidate.ts";
import { readCandidate } from "../model/read-candidate.ts";
import { parseAs } from "../parse-as.ts";
import type { Clock } from "../ports/clock.ts";
import type { DataEngine } from "../ports/data-engine.ts";
import { Evidence } from "./evidence.ts";
import { type BaselinePorts, type BaselineQuestion, type FoundBaseline, findBaseline } from "./find-baseline.ts";
import { countPositives, measure } from "./measure.ts";

export interface EvidencePorts extends BaselinePorts {
  readonly engine: DataEngine;
  readonly clock: Clock;
}

export interface EvidenceRequest extends BaselineQuestion {
  readonly model: ModelConfig;
  /** The candidate's folder. */
  readonly candidate: string;
  readonly run: Evidence["run"];
  readonly tool: string;
}

/**
 * Measures a candidate and, on the same rows, the version it would replace, and binds it all into one document.
 * @throws UserError CANDIDATE_*, PREDICTIONS_*, SAME_MODEL
 */
export async function gatherEvidence(ports: EvidencePorts, request: EvidenceRequest): Promise<Evidence> {
  const candidate = await readCandidate(ports, request.candidate);
  const baseline = await findBaseline(ports, request);
  if (baseline?.described.digest === candidate.digest) throw sameModel(candidate);
  const { file, ...columns } = request.model.predictions;
  const wanted = { ...columns, slices: request.model.slices };
  const rows = await ports.engine.predictions(ports.files.locate(`${request.candidate}/${file}`), wanted);
  const comparable = baseline?.described.holdout === candidate.lineage.data.holdout ? baseline : undefined;
  const other =
    comparable === undefined
      ? undefined
      : await ports.engine.predictions(comparable.predictions, { ...wanted, slices: [] });
  const { minimum, confidence } = gateOf(request.model);
  const primaryMetric = request.model["primary-metric"];
  const measured = measure(rows, other, { primaryMetric, confidence, minimum });
  return Evidence.parse({
    ...identity(candidate, baseline, request),
    holdout: {
      digest: candidate.lineage.data.holdout,
      rows: rows.ids.length,
      positives: countPositives(rows),
    },
    primaryMetric,
    confidence,
    ...measured,
    ...(await contractOf(ports, request.model, candidate)),
    createdAt: ports.clock().toISOString(),
  });
}

function identity(candidate: Candidate, baseline: FoundBaseline | undefined, { model, run, tool }: EvidenceRequest) {
  const { digest, files, predictions, lineage, claimedMetrics } = candidate;
  return {
    format: "tidemark/evidence",
    version: 1,
    model: candidate.model,
    task: model.task,
    candidate: { digest, files, predictions, lineage },
    baseline: baseline?.described ?? null,
    claimed: claimedMetrics,
    run,
    tool,
  };
}

/** What the data check said of the data this candidate was trained on; that of other bytes would speak of another model. */
async function contractOf(
  ports: EvidencePorts,
  model: ModelConfig,
  candidate: Candidate,
): Promise<Pick<Evidence, "contract" | "findings" | "drift">> {
  const { files, documents } = ports;
  const path = validationPath(candidate.model);
  if (!(await files.exists(path)))
    return { contract: model.contract === undefined ? "none" : "not-checked", findings: [], drift: null };
  const from = { source: path, code: "VALIDATION_INVALID", hint: "Run validate-data again." };
  const report = parseAs(ValidationReport, documents.parse(await files.readText(path), path), from);
  const digests = new Set(report.datasets.map(({ digest }) => digest));
  const { train, holdout } = candidate.lineage.data;
  if (digests.has(train) && digests.has(holdout))
    return { contract: "checked", findings: mostSevere(report.findings), drift: report.drift };
  throw new UserError(
    "DATA_CHANGED",
    "The candidate was trained on other data than was validated.",
    "Run validate-data and train again.",
  );
}

const MOST_FINDINGS = 1_000;

/** As many as evidence holds, errors first, so that none that blocks is left out for one that does not. */
function mostSevere(findings: ValidationReport["findings"]): ValidationReport["findings"] {
  const errors = findings.filter(({ severity }) => severity === "error");
  const others = findings.filter(({ severity }) => severity !== "error");
  return [...errors, ...others].slice(0, MOST_FINDINGS);
}

function sameModel({ model, digest }: Candidate): UserError {
  const problem = `The candidate for ${model} is the version it would replace: both are ${digest}.`;
  return new UserError(
    "SAME_MODEL",
    problem,
    "Train a different model; nothing is proven by comparing one with itself.",
  );
}
