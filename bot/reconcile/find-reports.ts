import { modelOf } from "#core/config/read-config";
import { gateOf, type TidemarkConfig } from "#core/config/tidemark-config";
import { UserError } from "#core/errors";
import type { Evidence } from "#core/judge/evidence";
import { judge } from "#core/judge/judge";
import { readEvidence } from "#core/judge/read-evidence";
import { refuseForeign } from "#core/judge/refuse-foreign";
import { artifactName } from "#core/model/artifact-names";
import { EVIDENCE_FILE } from "#core/model/layout";
import type { WorkflowRun } from "#core/ports/code-host";
import { recordAt } from "#core/registry/record-at";
import type { ModelReport } from "#core/report/model-report";
import type { BotPorts } from "../work.ts";

export interface ReportQuestion {
  readonly headSha: string;
  /** The base branch's head: its configuration, rules and records judge. */
  readonly base: string;
  readonly config: TidemarkConfig;
}

export type FoundReports =
  | { readonly kind: "running" }
  | { readonly kind: "found"; readonly reports: readonly ModelReport[] };

// A report is one JSON document and two renderings of it.
const LIMITS = { maxEntries: 20, maxBytes: 8 * 1024 * 1024 };

/**
 * The reports that runs of this very head commit have uploaded, newest run first, one a model.
 * @throws UserError when every run has ended and none has left a usable report
 */
export async function findReports(ports: BotPorts, question: ReportQuestion): Promise<FoundReports> {
  const runs = await ports.host.runs.ofCommit(question.headSha);
  const ended = runs.filter(({ status, headSha }) => status === "completed" && headSha === question.headSha);
  const reports = new Map<string, ModelReport>();
  for (const run of ended) {
    for (const model of await reportedModels(ports, run, question.config)) {
      if (!reports.has(model)) reports.set(model, await readReport(ports, { run, model }, question));
    }
  }
  if (reports.size > 0) return { kind: "found", reports: [...reports.values()] };
  if (ended.length < runs.length || runs.length === 0) return { kind: "running" };
  throw new UserError(
    "REPORT_MISSING",
    "Every run of this commit has ended and none left a report.",
    "Open the run's log; its last error says what to mend.",
  );
}

async function reportedModels(ports: BotPorts, run: WorkflowRun, config: TidemarkConfig): Promise<readonly string[]> {
  const names = await ports.host.artifacts.names(run.id);
  return Object.keys(config.models).filter((model) => names.includes(artifactName.report(model)));
}

async function readReport(
  ports: BotPorts,
  from: { run: WorkflowRun; model: string },
  question: ReportQuestion,
): Promise<ModelReport> {
  const { run, model } = from;
  const name = artifactName.report(model);
  const folder = `run-${run.id}-${model}`;
  await ports.host.artifacts.download(run.id, name, ports.scratch.locate(folder), LIMITS);
  const evidence = await readEvidence(
    { files: ports.scratch, documents: ports.documents },
    `${folder}/${EVIDENCE_FILE}`,
  );
  refuseForeign(evidence, { run, model });
  await refuseStale(ports, evidence, question);
  return { evidence, judgement: judge(evidence, gateOf(modelOf(question.config, model))), runUrl: run.url };
}

/** Evidence against a version that no longer serves proves nothing about replacing the one that does. */
async function refuseStale(ports: BotPorts, evidence: Evidence, { base, config }: ReportQuestion): Promise<void> {
  const environment = modelOf(config, evidence.model).environments.at(-1)?.name ?? "production";
  const record = await recordAt(ports, { model: evidence.model, environment }, base);
  if (record?.serving.digest === evidence.baseline?.digest) return;
  const against = evidence.baseline === null ? "no version" : evidence.baseline.digest.slice(0, 19);
  throw new UserError(
    "BASELINE_MOVED",
    `The candidate was compared with ${against}; ${environment} names another by now.`,
    "Run the workflow again.",
  );
}
