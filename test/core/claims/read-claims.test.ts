import { describe, expect, test } from "vitest";
import { metricsTexts } from "#adapters/metrics-files/metrics-texts";
import { yamlDocuments } from "#adapters/yaml/documents";
import { type Asked, readClaims } from "#core/claims/read-claims";
import { memoryFiles } from "#test/support/fakes/files";

const MIB = 1024 * 1024;

function claimsOf(contents: Readonly<Record<string, string>>, asked: Omit<Asked, "paths"> = {}) {
  const from = { files: memoryFiles(contents), documents: yamlDocuments(), texts: metricsTexts() };
  return readClaims(from, { paths: Object.keys(contents), ...asked });
}

async function primaryOf(path: string, text: string) {
  const { primary } = (await claimsOf({ [path]: text })).claims;
  return primary.found === "one" ? [primary.metric.name, primary.metric.value, primary.metric.split] : primary;
}

describe("formats", () => {
  test.each([
    ["metrics.json", '{"ROC AUC": 0.9}', ["roc_auc", 0.9, "unstated"]],
    ["metrics.yaml", "test:\n  rmse: 2.5\ntrain:\n  rmse: 1.5\n", ["rmse", 2.5, "test"]],
    ["metrics.toml", '# run\n[test]\n"F1 Score" = 0.81 # kept\n[train]\nf1 = 0.99\n', ["f1", 0.81, "test"]],
    ["metrics.csv", "mae,rmse\n1.5,3\n", ["rmse", 3, "unstated"]],
    ["metrics.csv", "metric,value\nAccuracy,0.9\nrows,20\n", ["accuracy", 0.9, "unstated"]],
    ["metrics.csv", "metric,train,test\nr2,0.9,0.8\n", ["r2", 0.8, "test"]],
    ["metrics.csv", "accuracy,0.9\nseed,1\n", ["accuracy", 0.9, "unstated"]],
    ["metrics.csv", "\uFEFFmae;wape\n1.5;0.25\n", ["mae", 1.5, "unstated"]],
    ["runs/a/results.csv", " epoch, metrics/mAP50(B)\n 1, 0.4\n 2, 0.5\n", ["map50", 0.5, "unstated"]],
    ["Results/metrics.txt", "\nAccuracy = 0.95, Recall = 0.86\n", ["accuracy", 0.95, "unstated"]],
    ["metrics.txt", "Test:\n- RMSE: 3.1 ± 0.2\n- R²: nan\nTrain:\n- RMSE: 1\n", ["rmse", 3.1, "test"]],
    ["metrics.txt", "Test variance explained: 93.2%\n", ["explained_variance", 0.932, "test"]],
    [
      "metrics.md",
      "# Run 7\n\n| metric | train | test |\n|:--|--:|--:|\n| **RMSE** | 1 | 3.4 |\n",
      ["rmse", 3.4, "test"],
    ],
    ["metrics.txt", "| model | AUC |\n|--|--|\n| only | 0.7 |\n", ["roc_auc", 0.7, "unstated"]],
    [
      "metrics.txt",
      "              precision    recall  f1-score   support\n\n           a       0.90      0.80      0.85        10\n" +
        "           b       0.70      0.60      0.65        10\n\n    accuracy                           0.75        20\n" +
        "   macro avg       0.80      0.70      0.74        20\nweighted avg       0.80      0.70      0.76        20\n",
      ["f1_macro", 0.74, "unstated"],
    ],
  ])("%s: %j", async (path, text, primary) => {
    expect(await primaryOf(path, text)).toEqual(primary);
  });

  test("a table of models without a word on which counts is a question", async () => {
    const { primary } = (await claimsOf({ "metrics.csv": "model,auc\nrf,0.9\nlr,0.8\n" })).claims;
    expect(primary).toMatchObject({ found: "ambiguous", candidates: [{ name: "lr.roc_auc" }, { name: "rf.roc_auc" }] });
  });

  test("a long text with no number in it takes no longer than its length", async () => {
    const text = [
      `${"a ".repeat(100_000)}`,
      "= ".repeat(200),
      "-".repeat(400),
      `${"x".repeat(490)}\n`.repeat(100),
    ].join("\n");
    expect(await primaryOf("metrics.txt", text)).toMatchObject({ found: "none" });
  });
});

describe("the file that is read", () => {
  test("is told with why, and so is every file beside it", async () => {
    const found = await claimsOf({
      "reports/metrics.json": '{"auc": 0.9}',
      "deep/down/metrics.json": '{"auc": 0.1}',
      "eval_results.json": '{"eval_loss": 0.1}',
      "node_modules/x/metrics.json": "{}",
    });
    expect(found.claims.source.path).toBe("reports/metrics.json");
    expect(found.why).toBe("metrics.json in a usual folder");
    expect(found.unread).toEqual([
      {
        path: "deep/down/metrics.json",
        reason: "metrics.json in another folder; metrics.json in a usual folder comes first",
      },
      { path: "eval_results.json", reason: "results of an evaluation; metrics.json in a usual folder comes first" },
    ]);
  });

  test("of two with an equal claim none is taken", async () => {
    const both = claimsOf({ "a/metrics.json": "{}", "b/metrics.json": "{}" });
    await expect(both).rejects.toThrow(
      "Several metrics files have an equal claim: `a/metrics.json`, `b/metrics.json`. Name the one of this model",
    );
  });

  test("none at all is said with the way out", async () => {
    await expect(claimsOf({ "README.md": "" })).rejects.toThrow(expect.objectContaining({ code: "METRICS_MISSING" }));
  });
});

describe("dvc.yaml", () => {
  const DVC =
    "stages:\n  evaluate:\n    cmd: python evaluate.py\n    wdir: src\n    metrics:\n    - ../eval/test.json:\n        cache: false\nmetrics:\n- train/out.json\n";

  test("its metrics are read before any file found by name", async () => {
    const contents = {
      "dvc.yaml": DVC,
      "eval/test.json": '{"acc": 0.8}',
      "train/out.json": '{"acc": 0.9}',
      "metrics.json": "{}",
    };
    const { claims, why } = await claimsOf(contents);
    expect(why).toBe("dvc.yaml at the root names the metrics");
    expect(claims.primary).toMatchObject({ found: "one", metric: { name: "accuracy", value: 0.8, split: "test" } });
    expect(claims.metrics.map(({ split, rawKey }) => [split, rawKey])).toEqual([
      ["test", "eval/test.json.acc"],
      ["train", "train/out.json.acc"],
    ]);
  });

  test("a metrics file that was not pulled is told", async () => {
    await expect(claimsOf({ "dvc.yaml": "metrics: [m.json]\n" })).rejects.toThrow(
      "`dvc.yaml` names metrics that cannot be read: `m.json` (is not there). Run `dvc repro` or `dvc pull`",
    );
  });

  test("a path that leaves the repository or holds a variable is told and not read", async () => {
    const contents = { "dvc.yaml": `metrics: [../../x.json, "\${out}/m.json", m.json]\n`, "m.json": '{"f1": 0.5}' };
    const { claims, unread } = await claimsOf(contents);
    expect(claims.primary).toMatchObject({ metric: { value: 0.5 } });
    expect(unread.map(({ reason }) => reason)).toEqual([
      "the path leaves the repository",
      "dvc.yaml names the file by a variable, which is not resolved here",
    ]);
  });

  test("without metrics it gives way to the files found by name", async () => {
    const { claims, unread } = await claimsOf({ "dvc.yaml": "stages: {}\n", "metrics.json": '{"f1": 0.5}' });
    expect(claims.source.path).toBe("metrics.json");
    expect(unread).toEqual([{ path: "dvc.yaml", reason: "it names no metrics" }]);
  });
});

describe("mlruns", () => {
  const RUNS = {
    "mlruns/0/meta.yaml": "x: 1\n",
    "mlruns/1/aaa/metrics/test/rmse": "1700000000000 3.5 0\n1700000001000 2.5 1\n",
    "mlruns/1/aaa/metrics/train_rmse": "1700000000000 1.5 0\n",
    "mlruns/1/bbb/metrics/rmse": "1600000000000 9 0\n",
    "mlruns/1/models/m-1/metrics/rmse": "1900000000000 0 0\n",
  };

  test("the run that wrote last is read, by the last step of each metric", async () => {
    const { claims, unread } = await claimsOf(RUNS);
    expect(claims.source.path).toBe("mlruns/1/aaa");
    expect(claims.primary).toMatchObject({ metric: { name: "rmse", value: 2.5, split: "test" } });
    expect(unread).toEqual([{ path: "mlruns/1/bbb", reason: "another run; the last one counts" }]);
  });

  test("a run that is named comes before every file", async () => {
    const { claims } = await claimsOf({ ...RUNS, "metrics.json": '{"rmse": 1}' }, { mlflowRunId: "bbb" });
    expect(claims.primary).toMatchObject({ metric: { value: 9 } });
    await expect(claimsOf(RUNS, { mlflowRunId: "ccc" })).rejects.toThrow("The MLflow run is not in mlruns.");
  });

  test("too many to find the last one are refused, and one of them can be named", async () => {
    const lines = Array.from({ length: 5_001 }, (_, at) => [`mlruns/1/r${at}/metrics/rmse`, `1700000000000 ${at} 0\n`]);
    const many: Readonly<Record<string, string>> = Object.fromEntries(lines);
    await expect(claimsOf(many)).rejects.toThrow("mlruns holds 5001 metrics; at most 5000 are read");
    expect((await claimsOf(many, { mlflowRunId: "r7" })).claims.primary).toMatchObject({ metric: { value: 7 } });
  });

  test.each(["", "x 1 0", "1700000000000", "1700000000000 one 0"])("a file with %j is refused", async (text) => {
    const malformed = expect.objectContaining({ code: "MLFLOW_MALFORMED" });
    await expect(claimsOf({ "mlruns/1/a/metrics/rmse": text })).rejects.toThrow(malformed);
  });

  test("nan is ignored with its reason", async () => {
    const { claims } = await claimsOf({ "mlruns/1/a/metrics/rmse": "1700000000000 nan 0\n" });
    expect(claims.ignored).toEqual([{ rawKey: "rmse", reason: "not a finite number" }]);
  });
});

describe("F-06 each kind of broken JSON is refused in its own words", () => {
  test.each([
    ["bare NaN", '{"auc": NaN}', "metrics.json line 1: NaN is not JSON."],
    ["duplicate keys", '{"auc": 0.9,\n"auc": 0.1}', 'metrics.json line 2: the key "auc" occurs twice.'],
    ["__proto__", '{"__proto__": {"auc": 1}}', 'metrics.json line 1: the key "__proto__" is not allowed.'],
    ["byte order mark", '\uFEFF{"auc": 0.9}', "metrics.json line 1: the text starts with a byte order mark"],
    ["two documents", '{"auc": 0.9}\n{"auc": 0.8}', "metrics.json: not valid JSON"],
    ["200,000 levels", "[".repeat(200_000), "metrics.json line 1: nested deeper than 64 levels."],
    ["50 MB", `{"a": "${"x".repeat(50 * MIB)}"}`, 'The file "metrics.json" is too large.'],
    ["nothing", "", "metrics.json: not valid JSON"],
  ])("F-06 %s", async (_, text, message) => {
    await expect(claimsOf({ "metrics.json": text })).rejects.toThrow(message);
    expect(({} as Record<string, unknown>)["auc"]).toBeUndefined();
  });
});
