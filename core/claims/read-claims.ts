import { digestOf, digestOfJson } from "../digest.ts";
import { UserError } from "../errors.ts";
import { code } from "../report/markdown.ts";
import type { Claims } from "./claims.ts";
import { dvcMetrics } from "./dvc-metrics.ts";
import { type FoundMetricsFile, findMetricsFiles } from "./find-metrics-files.ts";
import { isMlflowMetric, mlflowRun } from "./mlflow-runs.ts";
import { normaliseMetrics } from "./normalise-metrics.ts";
import { type From, type MetricsDocument, readMetricsFile } from "./read-metrics-file.ts";

export interface Asked {
  /** Paths of the repository's files. */
  readonly paths: readonly string[];
  readonly primaryMetric?: string | undefined;
  /** The id of the MLflow run, when the training logged one; it then comes before all files. */
  readonly mlflowRunId?: string | undefined;
}

export interface UnreadFile {
  readonly path: string;
  readonly reason: string;
}

export interface FoundClaims {
  readonly claims: Claims;
  /** Why this file and no other. */
  readonly why: string;
  readonly unread: readonly UnreadFile[];
}

interface Read {
  readonly found: MetricsDocument;
  readonly unread: readonly UnreadFile[];
}

/**
 * What a training run says of itself, from the metrics file found by its name.
 * @throws UserError METRICS_MISSING, METRICS_TIED, DOCUMENT_MALFORMED, FILE_TOO_LARGE, MLFLOW_RUN_MISSING, MLFLOW_TOO_LARGE,
 * MLFLOW_MALFORMED
 */
export async function readClaims(from: From, asked: Asked): Promise<FoundClaims> {
  const { primaryMetric, mlflowRunId } = asked;
  const paths = mlflowRunId === undefined ? asked.paths : asked.paths.filter(isMlflowMetric);
  const { chosen, tied, others } = findMetricsFiles(paths);
  if (chosen === undefined) throw tied.length > 0 ? tiedFiles(tied) : nothingFound();
  const read = await readChosen(from, { ...asked, paths }, chosen);
  if (read === undefined) {
    const rest = await readClaims(from, { ...asked, paths: paths.filter((path) => path !== chosen.path) });
    return { ...rest, unread: [{ path: chosen.path, reason: "it names no metrics" }, ...rest.unread] };
  }
  const { document, digest, path } = read.found;
  const passed = others.map((other) => ({ path: other.path, reason: `${other.why}; ${chosen.why} comes first` }));
  const claims = normaliseMetrics(document, { path, digest, primaryMetric });
  return { claims, why: chosen.why, unread: [...read.unread, ...passed] };
}

async function readChosen(from: From, asked: Asked, chosen: FoundMetricsFile): Promise<Read | undefined> {
  if (chosen.kind === "dvc") return readDvc(from, chosen.path);
  if (chosen.kind === "file") return { found: await readMetricsFile(from, chosen.path), unread: [] };
  const { run, others } = await mlflowRun(from.files, asked.paths, asked.mlflowRunId);
  const found = { document: run.metrics, digest: digestOfJson(run.metrics), path: run.path };
  return { found, unread: others.map((path) => ({ path, reason: "another run; the last one counts" })) };
}

/** All files dvc.yaml names, nested by file; undefined when it names none. */
async function readDvc(from: From, path: string): Promise<Read | undefined> {
  const { paths, ignored } = dvcMetrics(from.documents.parse(await from.files.readText(path), path), path);
  if (paths.length === 0 && ignored.length === 0) return undefined;
  const present: string[] = [];
  for (const each of paths) if (await from.files.exists(each)) present.push(each);
  const absent = paths
    .filter((each) => !present.includes(each))
    .map((each) => ({ path: each, reason: "is not there" }));
  const unread = [...ignored.map(({ rawKey, reason }) => ({ path: rawKey, reason })), ...absent];
  const [first, ...others] = await Promise.all(present.map((each) => readMetricsFile(from, each)));
  if (first === undefined) throw dvcMissing(path, unread);
  if (others.length === 0) return { found: first, unread };
  const all = [first, ...others];
  const document = Object.fromEntries(all.map((each) => [each.path, each.document]));
  return { found: { document, digest: digestOf(all.map(({ digest }) => digest).join("\n")), path }, unread };
}

function dvcMissing(path: string, unread: readonly UnreadFile[]): UserError {
  const named = unread.map((each) => `${code(each.path)} (${each.reason})`).join(", ");
  const hint = "Run `dvc repro` or `dvc pull` before this step.";
  return new UserError("METRICS_MISSING", `${code(path)} names metrics that cannot be read: ${named}.`, hint);
}

function tiedFiles(tied: readonly FoundMetricsFile[]): UserError {
  const shown = tied.slice(0, 5).map(({ path }) => code(path));
  const problem = `Several metrics files have an equal claim: ${shown.join(", ")}.`;
  return new UserError(
    "METRICS_TIED",
    problem,
    "Name the one of this model with train.metrics in .github/tidemark.yml.",
  );
}

function nothingFound(): UserError {
  const hint = "Write metrics.json, one JSON object of numbers by name, in the training step.";
  return new UserError("METRICS_MISSING", "No metrics file was found by the names people use.", hint);
}
