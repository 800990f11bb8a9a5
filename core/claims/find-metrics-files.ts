import { isMlflowMetric } from "./mlflow-runs.ts";

export interface FoundMetricsFile {
  readonly path: string;
  readonly kind: "file" | "dvc" | "mlflow";
  /** Why it stands at its place. */
  readonly why: string;
}

export interface FoundMetricsFiles {
  /** Undefined when there is none, or when two have an equal claim. */
  readonly chosen?: FoundMetricsFile;
  readonly tied: readonly FoundMetricsFile[];
  readonly others: readonly FoundMetricsFile[];
}

interface Convention {
  readonly pattern: RegExp;
  readonly kind: FoundMetricsFile["kind"];
  readonly why: string;
}

const FOLDERS = "metrics|reports?|results?|artifacts?|models?|evals?|evaluation|dvclive|outputs?";
const file = (pattern: RegExp, why: string): Convention => ({ pattern, kind: "file", why });

/** The order of precedence. */
const CONVENTIONS: readonly Convention[] = [
  { pattern: /^dvc\.yaml$/, kind: "dvc", why: "dvc.yaml at the root names the metrics" },
  file(/^metrics\.json$/i, "metrics.json at the root"),
  file(new RegExp(`^(?:${FOLDERS})/metrics\\.json$`, "i"), "metrics.json in a usual folder"),
  file(new RegExp(`(?:^|/)(?:${FOLDERS})/metrics\\.json$`, "i"), "metrics.json in a usual folder further down"),
  { pattern: /(?:^|\/)dvc\.yaml$/, kind: "dvc", why: "a dvc.yaml further down names the metrics" },
  file(/(?:^|\/)metrics\.json$/i, "metrics.json in another folder"),
  file(/(?:^|\/)test_results\.json$/i, "results on test rows"),
  file(/(?:^|\/)(?:evaluation|eval)_results\.json$/i, "results of an evaluation"),
  file(/(?:^|\/)evaluation\.json$/i, "results of an evaluation"),
  file(/(?:^|\/)all_results\.json$/i, "all results of a trainer"),
  file(/(?:^|\/)scores\.json$/i, "scores.json"),
  file(/(?:^|\/)classification_report\.json$/i, "a classification report"),
  file(/(?:^|\/)metrics\.ya?ml$/i, "metrics in YAML"),
  file(/(?:^|\/)metrics\.toml$/i, "metrics in TOML"),
  file(/(?:^|\/)metrics\.csv$/i, "metrics in CSV"),
  file(/(?:^|\/)metrics\.(?:txt|md)$/i, "metrics in text"),
  file(/(?:^|\/)training_results\.json$/i, "results of a training"),
  file(/(?:^|\/)trainer_state\.json$/, "a trainer's state"),
  file(/(?:^|\/)runs\/.+\/results\.csv$/, "results of an ultralytics run"),
  { pattern: /(?:^|\/)mlruns\/[^/]+\/[^/]+\/metrics\/.+$/, kind: "mlflow", why: "a run in mlruns" },
];

// Folders of tools, of packages and of the tests' examples.
const LEFT_OUT = /(?:^|\/)(?:\.[^/]+|node_modules|site-packages|venv|env|__pycache__|tests|fixtures)\//;

/** The file that speaks for a repository, by the names people use; what was found beside it is told. */
export function findMetricsFiles(paths: readonly string[]): FoundMetricsFiles {
  const found = paths
    .filter((path) => !LEFT_OUT.test(path))
    .flatMap((path) => placed(path))
    .sort((a, b) => a.place - b.place || a.depth - b.depth || compare(a.found.path, b.found.path));
  // The files of mlruns are one find.
  const distinct = [...new Map(found.toReversed().map((each) => [each.found.path, each])).values()].toReversed();
  const [first] = distinct;
  if (first === undefined) return { tied: [], others: [] };
  const tied = distinct.filter(({ place, depth }) => place === first.place && depth === first.depth);
  const others = distinct.slice(tied.length).map((each) => each.found);
  if (tied.length > 1) return { tied: tied.map((each) => each.found), others };
  return { chosen: first.found, tied: [], others };
}

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

interface Placed {
  readonly found: FoundMetricsFile;
  readonly place: number;
  readonly depth: number;
}

function placed(path: string): readonly Placed[] {
  const place = CONVENTIONS.findIndex(({ pattern }) => pattern.test(path));
  const convention = CONVENTIONS[place];
  if (convention === undefined) return [];
  const { kind, why } = convention;
  const isRun = kind === "mlflow" && isMlflowMetric(path);
  const shown = isRun ? path.slice(0, path.indexOf("mlruns/") + "mlruns".length) : path;
  return [{ found: { path: shown, kind, why }, place, depth: shown.split("/").length }];
}
