import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SPELLINGS } from "#core/claims/aliases";
import type { Claims } from "#core/claims/claims";
import { claimsSentence } from "#core/claims/claims-sentence";
import { normaliseMetrics } from "#core/claims/normalise-metrics";
import { digestOf } from "#core/digest";
import { MetricName } from "#core/names";
import { SHAPES } from "./fixtures/shapes.ts";

const source = { path: "metrics.json", digest: digestOf("") };
const read = (document: unknown, primaryMetric?: string): Claims =>
  normaliseMetrics(document, { ...source, primaryMetric });
const primaryOf = (claims: Claims) => (claims.primary.found === "one" ? claims.primary.metric : undefined);
const reasons = (claims: Claims) => Object.fromEntries(claims.ignored.map(({ rawKey, reason }) => [rawKey, reason]));

describe("shapes people have", () => {
  test.each(Object.entries(SHAPES))("%s", (_, { document, primary: [name, value, sign, split] }) => {
    const direction = sign === "+" ? "higher-is-better" : "lower-is-better";
    expect(primaryOf(read(document))).toMatchObject({ name, value, direction, split, kind: "quality" });
  });

  test("the table is long enough to mean something", () => {
    expect(Object.keys(SHAPES).length).toBeGreaterThanOrEqual(25);
    expect(SPELLINGS.length).toBeGreaterThanOrEqual(40);
  });
});

describe("ambiguity", () => {
  test("asks with the line to paste when two columns have the same metric", () => {
    const claims = read({ mae_sj: 20.1, mae_iq: 6.2 });
    expect(claims.primary).toMatchObject({ found: "ambiguous", yamlLine: "primary-metric: mae_iq" });
    expect(claimsSentence(claims)).toBe(
      "Which number of `metrics.json` counts is not clear, several keys have an equal claim to it: " +
        "`mae_iq` (key `mae_iq`), `mae_sj` (key `mae_sj`). " +
        "Add `primary-metric: mae_iq`, or another of these names, to the model in .github/tidemark.yml.",
    );
  });

  test.each(["mae_sj", "mae_iq"])("the pasted line for %s settles it", (name) => {
    expect(primaryOf(read({ mae_sj: 20.1, mae_iq: 6.2 }, name))).toMatchObject({ name });
  });

  test("a leaderboard without a pointer gives every model's number a name that the configuration can say", () => {
    const board = { rf: { roc_auc: 0.9 }, lr: { roc_auc: 0.8 } };
    expect(read(board).primary).toMatchObject({ found: "ambiguous", yamlLine: "primary-metric: lr.roc_auc" });
    expect(primaryOf(read(board, "rf.roc_auc"))).toMatchObject({ value: 0.9 });
    expect(read({ rf: { roc_auc: 0.9 }, lr: { roc_auc: 0.9 } }).primary.found).toBe("ambiguous");
  });

  test("two spellings of one metric are one when they agree, and a question when they do not", () => {
    expect(primaryOf(read({ auc: 0.9, auroc: 0.9 }))).toMatchObject({ name: "roc_auc", value: 0.9 });
    expect(read({ auc: 0.9, auroc: 0.8 }).primary.found).toBe("ambiguous");
  });

  test("a metric nobody knows is asked for, since its direction is unknown", () => {
    const claims = read({ catch_share: 0.8, rows: 10 });
    expect(claims.primary).toMatchObject({ found: "ambiguous", yamlLine: "primary-metric: catch_share" });
    expect(primaryOf(read({ catch_share: 0.8 }, "catch_share"))).toMatchObject({ direction: "unknown" });
  });

  test("numbers of training rows alone are no primary metric", () => {
    const claims = read({ train_loss: 0.1, train_accuracy: 0.99 });
    expect(claims.primary).toMatchObject({ found: "none" });
    expect(claimsSentence(claims)).toContain("all its metrics are of the rows the model was trained on");
  });

  test("a configured metric that is not in the file is told with the nearest one", () => {
    expect(read({ roc_auc: 0.9 }, "roc_acu").primary).toMatchObject({
      found: "none",
      why: 'the configuration\'s primary-metric roc_acu is not in the file. Did you mean "roc_auc"?',
    });
  });
});

describe("precedence", () => {
  const CLAIMS = [
    ["test_accuracy", 0.1],
    ["best_accuracy", 0.2],
    ["accuracy", 0.3],
    ["val_accuracy", 0.4],
    ["cv_accuracy", 0.5],
  ] as const;

  test.each(CLAIMS.map(([key, value], at) => ({ key, value, rest: CLAIMS.slice(at) })))(
    "$key comes before all that stand below it",
    ({ value, rest }) => {
      expect(primaryOf(read(Object.fromEntries(rest)))).toMatchObject({ value });
      expect(primaryOf(read(Object.fromEntries(rest.toReversed())))).toMatchObject({ value });
    },
  );

  test("models that the pointer does not name are left, and it is told", () => {
    const claims = read({ best_model: "Rf", models: { rf: { f1: 0.5 }, lr: { f1: 0.4, auc: 0.9 } } });
    expect(claims.metrics.map(({ name }) => name)).toEqual(["f1"]);
    expect(reasons(claims)).toMatchObject({ "models.lr": 'another model; "best_model" names "Rf"' });
  });

  test("of two keys with the same number, whichever is written first, one is taken", () => {
    expect(read({ auroc: 0.9, auc: 0.9 })).toEqual(read({ auc: 0.9, auroc: 0.9 }));
  });
});

describe("what is told", () => {
  test("says in one sentence which file and key was taken", () => {
    expect(claimsSentence(read({ roc_auc: { train: 0.99, test: 0.94 } }))).toBe(
      "Took `roc_auc` 0.940 (higher is better, test rows) from key `roc_auc.test` of `metrics.json`: numbers of test rows come first.",
    );
  });

  test("every key that is not taken has its reason", () => {
    const document = {
      accuracy: 0.9,
      accuracy_std: 0.1,
      n: 3,
      seed: 1,
      dummy_f1: 0.2,
      notes: "x",
      curve: [1, 2],
      gap: 1,
      flag: true,
    };
    expect(reasons(read(document))).toEqual({
      accuracy_std: "a spread or a bound",
      n: "a count",
      seed: "a setting, not a result",
      dummy_f1: "belongs to another or an earlier model",
      notes: "text, not a number",
      curve: "a list of values without names",
      gap: "a difference, not a value",
      flag: "a boolean, not a number",
    });
  });

  test("a log's numbers without a prefix are of the training rows", () => {
    const claims = read({ loss: 0.1, accuracy: 0.99, val_loss: 0.4, val_accuracy: 0.9 });
    expect(primaryOf(claims)).toMatchObject({ name: "accuracy", value: 0.9, split: "validation" });
    expect(primaryOf(read({ accuracy: 0.8, val_accuracy: 0.9 }))).toMatchObject({ value: 0.8, split: "unstated" });
  });

  test("slices carry their label and their metric, whichever stands first", () => {
    const claims = read({
      f1: 0.8,
      by_gender: { female: { f1: 0.7 }, male: { f1: 0.9 } },
      recall_per_class: { cat: 0.5 },
      errors: [{ segment: "north", mae: 2 }],
    });
    expect(claims.slices.map(({ slice, name, value }) => [slice, name, value])).toEqual([
      ["gender=female", "f1", 0.7],
      ["gender=male", "f1", 0.9],
      ["segment=north", "mae", 2],
      ["class=cat", "recall", 0.5],
    ]);
  });

  test("time, space and money are told apart from quality", () => {
    const claims = read({
      latency_ms: { p95: 9 },
      model_size_bytes: 10,
      train_runtime: 3,
      cost_usd: 1,
      tokens_per_second: 5,
    });
    expect(claims.primary.found).toBe("none");
    expect(claims.metrics.map(({ name, kind, direction }) => [name, kind, direction])).toEqual([
      ["cost_usd", "operational", "lower-is-better"],
      ["latency_p95_ms", "operational", "lower-is-better"],
      ["model_bytes", "operational", "lower-is-better"],
      ["tokens_per_second", "operational", "higher-is-better"],
      ["training_seconds", "operational", "lower-is-better"],
    ]);
  });
});

describe("hostile names", () => {
  test("F-21 names that JavaScript or Windows reserve, paths and endless names are refused", () => {
    const keys = ["__proto__", "constructor", "toString", "../x", "CON", "x".repeat(300), "精度"];
    const document = Object.fromEntries(keys.map((key) => [key, 0.5]));
    const claims = read(document);
    expect(claims.metrics).toEqual([]);
    expect(claims.ignored.map(({ rawKey }) => rawKey).sort()).toEqual([...keys].sort());
    expect(({} as Record<string, unknown>)["accuracy"]).toBeUndefined();
  });

  test("F-69 markup in keys never reaches a name, and is shown inert", () => {
    const key = "</details>|<img src=x onerror=1> @team #1 `accuracy`";
    const claims = read({ [key]: 0.9 });
    const name = primaryOf(claims)?.name ?? "";
    expect(MetricName.safeParse(name).success).toBe(true);
    const sentence = claimsSentence(claims);
    expect(sentence).toContain(`key \`\` </details>│<img src=x onerror=1> @team #1 \`accuracy\` \`\` of`);
    expect(sentence).not.toContain("|");
  });

  test("F-69 a key of 70,000 characters is refused, not shown in full", () => {
    const claims = read({ ["a".repeat(70_000)]: 1, accuracy: 0.5 });
    expect(claims.ignored).toMatchObject([{ reason: "the key is 70000 characters long" }]);
    expect(claimsSentence(claims).length).toBeLessThan(300);
  });

  test("F-06 nesting deeper than a metrics file's is told, whoever parsed it", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`);
    expect(read(deep).ignored).toMatchObject([{ reason: "nested deeper than 32 levels" }]);
  });

  test("a file of very many numbers is cut or left, and says so", () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, at]));
    expect(reasons(read({ a: many(6_000), b: many(6_000) }))).toEqual({ "": "only the first 10000 values are read" });
    expect(reasons(read({ a: many(20_000) }))).toEqual({ a: "more than 10000 keys" });
  });
});

const WORD = fc.constantFrom(
  ...[
    "accuracy",
    "test",
    "train",
    "best_model",
    "rf",
    "per_class",
    "value",
    "std",
    "f1",
    "macro avg",
    "roc_auc",
    "name",
    "auc",
    "RF",
  ],
);
const KEY = fc.oneof(
  WORD,
  fc.string(),
  fc.tuple(WORD, WORD).map((words) => words.join("_")),
);
const { document: DOCUMENT } = fc.letrec((tie) => ({
  document: fc.oneof(
    { maxDepth: 4 },
    fc.double(),
    fc.oneof(WORD, fc.string(), fc.constant(null), fc.boolean()),
    fc.array(tie("document"), { maxLength: 4 }),
    fc.dictionary(KEY, tie("document"), { maxKeys: 5 }),
  ),
}));

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}

describe("any document", () => {
  test("never throws, and every name keeps to the grammar and is told once for a split", () => {
    fc.assert(
      fc.property(fc.oneof(DOCUMENT, fc.jsonValue()), (document) => {
        const claims = read(document);
        for (const { name } of [...claims.metrics, ...claims.slices])
          expect(MetricName.safeParse(name).success).toBe(true);
        const keys = claims.metrics.map(({ name, split }) => `${name} ${split}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(claimsSentence(claims)).not.toContain("\n");
      }),
      { numRuns: 1_000 },
    );
  });

  test("the order of keys does not matter", () => {
    fc.assert(
      fc.property(DOCUMENT, (document) => {
        expect(read(turned(document))).toEqual(read(document));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(Object.entries(SHAPES))("the order of keys does not matter: %s", (_, { document }) => {
    expect(read(turned(document))).toEqual(read(document));
  });
});
