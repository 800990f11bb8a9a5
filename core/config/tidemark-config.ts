import { z } from "zod";
import { defaultGate, type Gate, Minimum, Rule } from "../judge/gate.ts";
import { METRIC_NAMES } from "../metrics/catalogue.ts";
import { EnvironmentName, MetricName, ModelName, RelativePath } from "../names.ts";

const ColumnName = z.string().min(1).max(200);

const Data = z.strictObject({
  train: RelativePath.meta({ description: "Rows the model is trained on." }),
  holdout: RelativePath.meta({ description: "Rows every model is judged on; never trained on." }),
  "reference-profile": RelativePath.optional().meta({
    description: "Committed statistics (.json) of earlier training rows, which today's are compared with for drift.",
  }),
});

const Predictions = z.strictObject({
  file: RelativePath.prefault("predictions.csv").meta({ description: "Below the training output folder." }),
  id: ColumnName.prefault("id"),
  label: ColumnName.prefault("y_true"),
  score: ColumnName.prefault("score"),
  positive: z.string().prefault("1").meta({ description: "The label's text that means the positive class." }),
});

const Train = z.strictObject({
  run: z.string().min(1).meta({ description: "The command that trains, in any language." }),
  metrics: RelativePath.prefault("metrics.json").meta({
    description: "Numbers the training claims, below the output folder. Shown, never judged.",
  }),
  params: RelativePath.optional().meta({ description: "File of parameters; its digest joins the lineage." }),
  seed: z.number().int().prefault(1),
  "timeout-minutes": z.number().min(0.01).max(360).prefault(60),
  environment: z
    .array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of an environment variable"))
    .prefault([])
    .meta({ description: "Variables of the job that the command may see; all others are withheld." }),
});

const LocalTarget = z.strictObject({
  kind: z.literal("local"),
  run: z.string().min(1).meta({ description: "Starts a server of the Open Inference Protocol on PORT." }),
  port: z.number().int().min(1).max(65_535).prefault(8_080),
  state: z.string().min(1).max(500).prefault("~/.tidemark/serving").meta({
    description: "Folder for the served files and the log. It outlives the job's checkout; ~ is the home folder.",
  }),
  "ready-seconds": z.number().min(1).max(600).prefault(60),
});

const Environment = z.strictObject({
  name: EnvironmentName,
  target: LocalTarget,
  approvals: z.number().int().min(0).max(6).prefault(1).meta({ description: "People who must approve a promotion." }),
  "rollback-merges-itself": z
    .boolean()
    .prefault(false)
    .meta({ description: "Merge a rollback pull request at once instead of waiting for a review." }),
});
export type Environment = z.output<typeof Environment>;

const GateRules = z.strictObject({
  rules: z.array(Rule).min(1, "expected at least one rule").max(100),
  minimum: Minimum.prefault({}),
  confidence: z.number().gt(0.5).lt(1).prefault(0.95).meta({ description: "One-sided, of every proof in the rules." }),
});

const Model = z.strictObject({
  path: z
    .union([RelativePath, z.literal(".")])
    .prefault(".")
    .meta({ description: "Folder of the model in the repository." }),
  task: z.enum(["binary-classification"]),
  "primary-metric": MetricName.prefault("roc_auc"),
  data: Data,
  contract: RelativePath.optional().meta({
    description: "Data contract (ODCS v3.1 YAML) of the training rows and the holdout.",
  }),
  predictions: Predictions.prefault({}),
  train: Train,
  gate: z.union([GateRules, z.array(Rule).min(1, "expected at least one rule").max(100)]).optional(),
  slices: z.array(ColumnName).max(20).prefault([]),
  environments: z
    .array(Environment)
    .min(1, "expected at least one environment")
    .max(10)
    .refine((environments) => new Set(environments.map(({ name }) => name)).size === environments.length, {
      error: "expected every environment once",
    }),
});
export type ModelConfig = z.output<typeof Model>;

const Store = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("github-release") }),
  z.strictObject({ kind: z.literal("folder"), path: z.string().min(1).max(500) }),
]);

/** `.github/tidemark.yml`: what a repository tells Tidemark. */
export const TidemarkConfig = z.strictObject({
  models: z
    .record(ModelName, Model)
    .refine((models) => Object.keys(models).length > 0, { error: "expected at least one model" }),
  store: Store.prefault({ kind: "github-release" }).meta({ description: "Where model files and evidence are kept." }),
});
export type TidemarkConfig = z.output<typeof TidemarkConfig>;

export const CONFIG_PATH = ".github/tidemark.yml";

/** The gate a model is judged by: its own rules, or the default when it has none. */
export function gateOf(model: ModelConfig): Gate {
  if (model.gate === undefined) return defaultGate(model["primary-metric"]);
  if (Array.isArray(model.gate)) return { ...defaultGate(model["primary-metric"]), rules: model.gate };
  return model.gate;
}

/** Names of metrics that rules use and that nobody computes. */
export function unknownMetrics(model: ModelConfig): readonly { readonly path: string; readonly name: string }[] {
  const rules = gateOf(model).rules.map((rule, at) => ({ path: `gate[${at}].metric`, name: rule.metric }));
  return [{ path: "primary-metric", name: model["primary-metric"] }, ...rules].filter(
    ({ name }) => !METRIC_NAMES.includes(name),
  );
}
