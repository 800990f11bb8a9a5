import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";
import { environmentOf, modelOf, readConfig } from "#core/config/read-config";
import { CONFIG_PATH, gateOf } from "#core/config/tidemark-config";
import { UserError } from "#core/errors";
import { config, environmentEntry, modelEntry } from "#test/support/builders/config";
import { MODEL } from "#test/support/builders/model";

const read = (text: string) => readConfig(text, yamlDocuments());
const readModels = (models: unknown) => read(JSON.stringify({ models }));
const readModel = (facts: Record<string, unknown>) => readModels({ [MODEL]: modelEntry(facts) });
const withRules = (...rules: unknown[]) => readModel({ gate: rules });

const AUC = { metric: "roc_auc", min: 0.7 };

test("the bird-strike example parses, with every default filled in", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../examples/birdstrikes/.github/tidemark.yml"), "utf8");
  const model = modelOf(read(text), "bird-damage");
  expect(gateOf(model)).toEqual({
    rules: [
      { metric: "roc_auc", kind: "not-worse-than", threshold: 0.01, severity: "block" },
      { metric: "roc_auc", kind: "min", threshold: 0.7, severity: "block" },
      { metric: "log_loss", kind: "max", threshold: 0.35, severity: "block" },
    ],
    minimum: { rows: 100, positives: 10 },
    confidence: 0.95,
  });
  expect(model.predictions).toEqual({
    file: "predictions.csv",
    id: "id",
    label: "y_true",
    score: "score",
    positive: "1",
  });
  expect(environmentOf(model, "production")).toMatchObject({ approvals: 1, "rollback-merges-itself": true });
});

test("a gate with its own minimum and confidence is taken as it is", () => {
  const gate = { rules: [AUC], minimum: { rows: 500 }, confidence: 0.99 };
  expect(gateOf(modelOf(readModel({ gate }), MODEL))).toMatchObject({
    minimum: { rows: 500, positives: 10 },
    confidence: 0.99,
  });
});

describe("a mistake is told with its path and what was expected:", () => {
  const second = `models.${MODEL}.gate[1]`;

  test.each([
    ["a wrong type (F-20)", [AUC, { metric: "roc_auc", min: "0.7" }], `${second}.min`, "number"],
    [
      "a negative margin (F-20)",
      [AUC, { metric: "roc_auc", "not-worse-than": -0.01 }],
      second,
      "a margin of 0 or more",
    ],
    ["two bounds in one rule", [AUC, { metric: "roc_auc", min: 0.7, max: 0.8 }], second, "exactly one of min, max"],
    ["no bound in a rule", [AUC, { metric: "roc_auc" }], second, "exactly one of min, max"],
    ["an unknown severity", [AUC, { ...AUC, severity: "blok" }], `${second}.severity`, 'Did you mean "block"?'],
    ["a metric nobody computes", [AUC, { metric: "roc_acu", min: 0.7 }], second, 'Did you mean "roc_auc"?'],
    ["a metric called constructor (F-21)", [AUC, { metric: "constructor", min: 0 }], second, "not a metric"],
    ["a metric called __proto__ (F-21)", [AUC, { metric: "__proto__", min: 0 }], second, "metric name"],
    ["an unknown key in a rule", [AUC, { ...AUC, treshold: 1 }], second, '"treshold"'],
  ])("%s", (_, rules, path, expected) => {
    const problem = problemOf(() => withRules(...rules));
    expect(problem).toContain(path);
    expect(problem).toContain(expected);
    expect(problem).toContain(CONFIG_PATH);
  });

  test.each([
    ["an unknown key (F-20)", { "primary-metrics": "roc_auc" }, `models.${MODEL}: unknown "primary-metrics"`],
    ["a missing key", { data: { train: "data/train.csv" } }, `models.${MODEL}.data.holdout: is required`],
    ["an unknown task", { task: "binary-clasification" }, 'Did you mean "binary-classification"?'],
    ["an unknown primary metric", { "primary-metric": "auc_roc" }, `models.${MODEL}.primary-metric`],
    ["no environment", { environments: [] }, "at least one environment"],
    ["no rule", { gate: [] }, "at least one rule"],
    ["a confidence in percent", { gate: { rules: [AUC], confidence: 95 } }, `models.${MODEL}.gate.confidence`],
    ["a minimum of zero rows", { gate: { rules: [AUC], minimum: { rows: 0 } } }, `models.${MODEL}.gate.minimum.rows`],
    ["a path that leaves the folder", { data: { train: "../x", holdout: "y" } }, `models.${MODEL}.data.train`],
    ["more approvals than people", { environments: [environmentEntry({ approvals: 7 })] }, "environments[0].approvals"],
    ["a target nobody knows", { environments: [environmentEntry({ target: { kind: "lokal", run: "x" } })] }, "target"],
  ])("%s", (_, facts, expected) => {
    expect(problemOf(() => readModel(facts))).toContain(expected);
  });

  test("a mistyped key says which one was probably meant (F-20)", () => {
    expect(problemOf(() => readModel({ "primary-metrc": "roc_auc" }))).toContain('Did you mean "primary-metric"?');
  });

  test("two environments of one name", () => {
    expect(problemOf(() => readModel({ environments: [environmentEntry(), environmentEntry()] }))).toContain(
      "environments",
    );
  });

  test.each([
    ["an empty file (F-20)", ""],
    ["a comment only", "# nothing\n"],
    ["a list", "- a\n- b\n"],
    ["no model", "models: {}\n"],
    ["not a number (F-20)", `models: { ${MODEL}: { task: .nan } }`],
    ["a word for a number (F-20)", `models: { ${MODEL}: { task: binary-classification, environments: no } }`],
  ])("%s", (_, text) => {
    expect(problemOf(() => read(text)).length).toBeGreaterThan(20);
  });

  test(".nan as a threshold (F-20)", () => {
    const text = JSON.stringify({ models: { [MODEL]: modelEntry({ gate: [AUC] }) } }).replace("0.7", ".nan");
    expect(problemOf(() => read(text))).toMatch(/NaN|nan|finite/);
  });

  test("at most five problems at once, and how many more there are", () => {
    const rules = Array.from({ length: 8 }, () => ({ metric: "roc_auc", min: "x" }));
    expect(problemOf(() => withRules(...rules))).toContain("And 3 more.");
  });
});

describe("a name is refused (F-21):", () => {
  const NAMES = [
    "constructor",
    "prototype",
    "../x",
    "a/b",
    "CON",
    "con",
    "nul",
    "x".repeat(300),
    "",
    "-a",
    "a-",
    "a b",
    "ä",
  ];

  test.each(NAMES)("the model %j", (name) => {
    expect(problemOf(() => readModels({ [name]: modelEntry() })).length).toBeGreaterThan(20);
  });

  test.each(NAMES)("the environment %j", (name) => {
    const problem = problemOf(() => readModel({ environments: [environmentEntry({ name })] }));
    expect(problem).toContain("environments[0].name: expected a environment name");
  });

  test("the model __proto__, also beside a good one", () => {
    const good = JSON.stringify(modelEntry());
    expect(() => read(`models:\n  __proto__: ${good}\n  ${MODEL}: ${good}\n`)).toThrow(UserError);
    expect(({} as Record<string, unknown>)["task"]).toBeUndefined();
  });

  test.each(["com1", "com9", "lpt1"])("the model %j", (name) => {
    expect(() => readModels({ [name]: modelEntry() })).toThrow(UserError);
  });

  test("with the grammar, so that the next one is right", () => {
    expect(problemOf(() => readModels({ "My Model": modelEntry() }))).toContain(
      "lower-case letters, digits and hyphens",
    );
  });
});

describe("looking up", () => {
  test("a model that is not there says which is near", () => {
    expect(problemOf(() => modelOf(config(), "chrun"))).toBe(
      `${CONFIG_PATH} has no model "chrun". Did you mean "churn"?`,
    );
  });

  test.each(["constructor", "__proto__", "toString"])("the model %s finds none (F-21)", (name) => {
    expect(() => modelOf(config(), name)).toThrow(expect.objectContaining({ code: "MODEL_UNKNOWN" }));
  });

  test("an environment that is not there says which there are", () => {
    const model = modelOf(config(), MODEL);
    expect(() => environmentOf(model, "staging")).toThrow("It has: production.");
    expect(() => environmentOf(model, "staging")).toThrow(expect.objectContaining({ code: "ENVIRONMENT_UNKNOWN" }));
  });
});

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).problem;
  }
  throw new Error("nothing was refused");
}
