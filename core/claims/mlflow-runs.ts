import { UserError } from "../errors.ts";
import type { Files } from "../ports/files.ts";

// mlruns/<experiment>/<run>/metrics/<name>; names may hold slashes. Models of MLflow 3 have a metrics folder as well.
const METRIC_PATH = /^(.*?mlruns\/[^/]+\/([^/]+))\/metrics\/(.+)$/;
const MAX_METRICS = 5_000;
const MAX_BYTES = 1024 * 1024;

export interface MlflowRun {
  readonly id: string;
  /** Folder of the run. */
  readonly path: string;
  /** Text where MLflow wrote nan or inf. */
  readonly metrics: Readonly<Record<string, number | string>>;
  /** Milliseconds since 1970 of its last number. */
  readonly endedAt: number;
}

interface Logged {
  readonly timestamp: number;
  readonly step: number;
  readonly value: string;
}

export function isMlflowMetric(path: string): boolean {
  return METRIC_PATH.test(path);
}

/**
 * The run that wrote last, or the one that is asked for.
 * @throws UserError MLFLOW_RUN_MISSING, MLFLOW_TOO_LARGE, MLFLOW_MALFORMED
 */
export async function mlflowRun(
  files: Pick<Files, "readText">,
  paths: readonly string[],
  id?: string,
): Promise<{ readonly run: MlflowRun; readonly others: readonly string[] }> {
  const asked = [...runsIn(paths)].filter(([path]) => id === undefined || idOf(path) === id);
  const count = asked.reduce((sum, [, metrics]) => sum + metrics.length, 0);
  if (count > MAX_METRICS) throw tooMany(count);
  const runs = await Promise.all(asked.map(([path, metrics]) => readRun(files, path, metrics)));
  const [last] = runs.sort((a, b) => b.endedAt - a.endedAt || Number(a.id > b.id) - Number(a.id < b.id));
  if (last !== undefined) return { run: last, others: runs.slice(1).map(({ path }) => path) };
  const problem = id === undefined ? "There is no run with metrics in mlruns." : "The MLflow run is not in mlruns.";
  throw new UserError("MLFLOW_RUN_MISSING", problem, "Run the training in this job, or name the run it logged.");
}

const idOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function runsIn(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const metrics = paths.filter((path) => METRIC_PATH.exec(path)?.[2] !== "models" && isMlflowMetric(path));
  return Map.groupBy(metrics, (path) => METRIC_PATH.exec(path)?.[1] ?? "");
}

async function readRun(files: Pick<Files, "readText">, path: string, metrics: readonly string[]): Promise<MlflowRun> {
  const read = await Promise.all(
    metrics.map(async (file) => [file.slice(path.length + "/metrics/".length), await lastOf(files, file)] as const),
  );
  const values = read.map(
    ([name, { value }]) => [name, Number.isFinite(Number(value)) ? Number(value) : value] as const,
  );
  return {
    id: idOf(path),
    path,
    metrics: Object.fromEntries(values),
    endedAt: Math.max(...read.map(([, { timestamp }]) => timestamp)),
  };
}

/** MLflow's own rule for the latest number: the last step, then the last time. */
async function lastOf(files: Pick<Files, "readText">, path: string): Promise<Logged> {
  const lines = (await files.readText(path, MAX_BYTES)).split("\n").filter((line) => line.trim() !== "");
  const logged = lines.map((line, at) => loggedIn(line, `${path} line ${at + 1}`));
  const last = logged.reduce<Logged | undefined>(
    (best, each) => (best === undefined || isLater(each, best) ? each : best),
    undefined,
  );
  if (last === undefined) throw malformed(path, "the file is empty");
  return last;
}

const isLater = (a: Logged, b: Logged): boolean => a.step > b.step || (a.step === b.step && a.timestamp >= b.timestamp);

function loggedIn(line: string, place: string): Logged {
  const [timestamp = "", value = "", step = "0"] = line.trim().split(/\s+/);
  const isRead = /^\d{1,15}$/.test(timestamp) && /^-?\d{1,15}$/.test(step) && isValue(value);
  if (!isRead) throw malformed(place, "expected a line of timestamp, value and step");
  return { timestamp: Number(timestamp), value, step: Number(step) };
}

const isValue = (text: string): boolean =>
  text !== "" && (/^[-+]?(?:nan|inf|infinity)$/i.test(text) || Number.isFinite(Number(text)));

function tooMany(count: number): UserError {
  return new UserError(
    "MLFLOW_TOO_LARGE",
    `mlruns holds ${count} metrics; at most ${MAX_METRICS} are read to find the last run.`,
    "Name the run that this training logged.",
  );
}

function malformed(place: string, reason: string): UserError {
  return new UserError("MLFLOW_MALFORMED", `${place}: ${reason}.`, "MLflow writes these files; log the metric again.");
}
