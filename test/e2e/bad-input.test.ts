import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { StepResult } from "#sandbox/runner/step";
import { BUNDLE_TIMEOUT_MS, bundled } from "./support/bundled.ts";
import {
  type Action,
  CONFIG,
  CONTRACT,
  data,
  predictions,
  type TinyRepository,
  TRAIN,
  tinyRepository,
} from "./support/tiny-repository.ts";

// The bundled stubs as child processes, as GitHub's runner starts them, in a repository somebody has spoiled.

beforeAll(bundled, BUNDLE_TIMEOUT_MS);

type Spoil = (repository: TinyRepository) => Promise<void>;

const write =
  (path: string, text: string): Spoil =>
  ({ write }) =>
    write(path, text);
const remove =
  (path: string): Spoil =>
  ({ folder }) =>
    rm(join(folder, path));
const config = (from: string, to: string): Spoil => write(".github/tidemark.yml", CONFIG.replace(from, to));
const predicted = (from: string, to: string): Spoil => write("predictions.csv", predictions().replace(from, to));

const intact: Spoil = () => Promise.resolve();

/** Nothing the runner would obey but our own words, no stack, and one sentence that tells what is wrong. */
function toldBy({ log }: StepResult): string {
  const commands = log.split("\n").filter((line) => /^\s*::/.test(line) || line.includes("##["));
  const errors = commands.filter((line) => line.startsWith("::error"));
  expect(commands.filter((line) => !/^::(?:error|group|endgroup)::/.test(line))).toEqual([]);
  expect(errors).toHaveLength(1);
  expect(log).not.toMatch(/^\s+at .+[:)]\d*|node:internal|dist\/\d+\.index/m);
  return (errors[0] ?? "").slice("::error::".length).replaceAll("%0A", "\n").replaceAll("%25", "%");
}

const WRITTEN_LAST: Readonly<Record<Action, string>> = {
  "validate-data": "validation-churn.json",
  train: "candidate.json",
  "compare-metrics": "evidence.json",
};

/** What an action must not leave when it refuses: its document, which says that all is there, or a file half written. */
async function leftBy(repository: TinyRepository, action: Action): Promise<readonly string[]> {
  const names = (await repository.files()).map((file) => basename(file));
  return names.filter((name) => name.endsWith(".tmp") || name === WRITTEN_LAST[action]);
}

/** Runs the action on the spoilt repository: a mistake of the user's, told once, with nothing left behind. */
async function refusal(action: Action, spoil: Spoil, inputs: Readonly<Record<string, string>> = {}): Promise<string> {
  const repository = await tinyRepository();
  await spoil(repository);
  if (action === "compare-metrics") expect((await repository.uses("train")).exitCode).toBe(0);
  return refusalIn(repository, action, inputs);
}

async function refusalIn(repository: TinyRepository, action: Action, inputs = {}): Promise<string> {
  const result = await repository.uses(action, inputs);
  const told = toldBy(result);
  expect([told, result.exitCode, result.outputs, result.summary]).toEqual([told, 2, {}, ""]);
  expect(await leftBy(repository, action)).toEqual([]);
  return told;
}

test("the repository that is spoilt below passes when nobody spoils it", async () => {
  const repository = await tinyRepository();
  for (const action of ["validate-data", "train", "compare-metrics"] as const) {
    expect([action, (await repository.uses(action)).exitCode]).toEqual([action, 0]);
    expect(await leftBy(repository, action)).toEqual([WRITTEN_LAST[action]]);
  }
});

describe("a configuration", () => {
  test.each<[string, Spoil, string, string]>([
    ["is missing", remove(".github/tidemark.yml"), "does not exist", "FILE_MISSING"],
    ["is empty", write(".github/tidemark.yml", ""), "expected object", "CONFIG_INVALID"],
    ["has a mistyped key", config("gate:", "gaet:"), 'Did you mean "gate"?', "CONFIG_INVALID"],
    ["has text where a number belongs", config("min: 0.9", "min: high"), "gate[0].min", "CONFIG_INVALID"],
    ["holds 20 KB of [", write(".github/tidemark.yml", "[".repeat(20 * 1024)), "nested deeper", "DOCUMENT_MALFORMED"],
    ["is indented by tabs", write(".github/tidemark.yml", "models:\n\tchurn: {}\n"), "line 2", "DOCUMENT_MALFORMED"],
    ["names a model like a command", config("churn:", '"::error::pwned":'), "expected a model name", "CONFIG_INVALID"],
    ["has the name of a prototype", config("churn:", "constructor:"), "expected a model name", "CONFIG_INVALID"],
  ])("that %s is refused by name with a way out", async (_, spoil, words, code) => {
    const told = await refusal("train", spoil);
    expect(told).toContain(".github/tidemark.yml");
    expect(told).toContain(words);
    expect(told).toMatch(new RegExp(`\\n.{10,} \\[${code}\\]$`));
  });
});

describe("data", () => {
  test.each<[string, Spoil, string, string]>([
    ["is missing", remove("data/train.csv"), "does not exist", "DATA_MISSING"],
    ["is empty (F-01)", write("data/train.csv", ""), "is empty", "DATA_EMPTY"],
    ["has a header only (F-01)", write("data/train.csv", "id,y_true\n"), "no row", "DATA_EMPTY"],
    ["is ragged (F-02)", write("data/train.csv", "id,y_true\n1,0\n2\n"), "line 3", "DATA_MALFORMED"],
    ["never closes a quote (F-02)", write("data/train.csv", 'id,y_true\n1,"0\n2,1\n'), "line 2", "DATA_MALFORMED"],
    ["holds a NUL byte (F-02)", write("data/train.csv", "id,y_true\n1,\0\n"), "NUL", "DATA_MALFORMED"],
  ])("that %s is refused with file, place and a way out", async (_, spoil, words, code) => {
    const told = await refusal("validate-data", spoil);
    expect(told).toContain("data/train.csv");
    expect(told).toContain(words);
    expect(told).toMatch(new RegExp(`\\n.{10,} \\[${code}\\]$`));
  });

  test("whose contract is malformed is refused with the contract's place", async () => {
    const told = await refusal(
      "validate-data",
      write("contract.yaml", CONTRACT.replace("required: true", "required: 7")),
    );
    expect(told).toMatch(/contract\.yaml: schema\[0\]\.properties\[0\]\.required \(line \d+\): expected boolean/);
  });

  test("that breaks its contract with a runner's command is a verdict that does not quote it", async () => {
    const repository = await tinyRepository();
    await repository.write("data/train.csv", "id,y_true\n1,::error::pwned\n2,##[error]pwned\n");
    const { exitCode, log, summary } = await repository.uses("validate-data");
    expect(exitCode).toBe(1);
    expect(log).toContain("Look at line 2 of the file first.");
    expect(`${log}${summary}`).not.toContain("pwned");
  });
});

const SHOUTING = `echo '::error::pwned'; echo '  ::set-output name=digest::pwned'; echo 'now ##[error]pwned'
printf 'bar\\r::stop-commands::pwned\\n'; echo '::add-mask::pwned' >&2
`;

describe("a training command", () => {
  test.each<[string, string, string, string]>([
    ["fails after half of the model", `${TRAIN}\necho 'out of memory'; exit 3`, "exit code 3", "TRAINING_FAILED"],
    ["prints runner's commands and fails", `${SHOUTING}exit 4`, "exit code 4", "TRAINING_FAILED"],
    ["writes no model", TRAIN.replace(/printf.*\n/, ""), "left no model", "MODEL_MISSING"],
    ["writes no predictions", TRAIN.replace(/cp.*\n/, ""), "predictions.csv", "DATA_MISSING"],
    ["writes NaN (F-06)", `${TRAIN}echo '{"auc":NaN}' >"$TIDEMARK_OUTPUT/metrics.json"`, "NaN", "DOCUMENT_MALFORMED"],
    ["links its model (F-26)", `${TRAIN}ln -s /etc/passwd "$TIDEMARK_OUTPUT/model/a"`, "it is a link", "FILE_REFUSED"],
    ["names files as commands", `${TRAIN}echo >"$TIDEMARK_OUTPUT/model/a\n::error::b"`, "its name", "FILE_REFUSED"],
    ["changes the data (F-09)", `${TRAIN}echo 201,1 >>data/train.csv`, "data changed", "DATA_CHANGED"],
  ])("that %s leaves no candidate, and says why", async (_, script, words, code) => {
    const told = await refusal("train", write("train.sh", script));
    expect(told).toContain(words);
    expect(told).toMatch(new RegExp(`\\n.{10,} \\[${code}\\]$`));
  });

  test("that prints runner's commands and succeeds is heard by nobody", async () => {
    const repository = await tinyRepository();
    await repository.write("train.sh", `${SHOUTING}${TRAIN}`);
    const { exitCode, log, outputs } = await repository.uses("train");
    expect(exitCode).toBe(0);
    expect(log).toContain("pwned");
    expect(log).not.toMatch(/^\s*::(?!group::|endgroup::)|##\[/m);
    expect(outputs["digest"]).toMatch(/^sha256:/);
  });

  test("that fails leaves nothing of the training before it", async () => {
    const repository = await tinyRepository();
    expect((await repository.uses("train")).exitCode).toBe(0);
    await repository.write("train.sh", "exit 1");
    expect(await refusalIn(repository, "train")).toContain("exit code 1");
  });
});

describe("predictions", () => {
  test.each<[string, Spoil, string, string]>([
    ["hold a third label", predicted("7,0,", "7,maybe,"), 'line 8: the y_true "maybe"', "PREDICTIONS_MALFORMED"],
    ["hold a score of 2", predicted("8,1,0.9", "8,1,2"), 'line 9: the score "2"', "PREDICTIONS_MALFORMED"],
    ["name a row twice", predicted("\n8,", "\n7,"), 'line 9: the id "7" occurs twice', "PREDICTIONS_MALFORMED"],
    ["are ragged", predicted("\n8,1,0.9", "\n8,1"), "line 9", "DATA_MALFORMED"],
    ["lack a column", predicted("score", "scoer"), 'no column "score"', "PREDICTIONS_MALFORMED"],
    ["have no row", write("predictions.csv", "id,y_true,score\n"), "no row", "DATA_EMPTY"],
  ])("that %s are refused with file, line and a way out", async (_, spoil, words, code) => {
    const told = await refusal("train", spoil);
    expect(told).toContain(".tidemark/candidate/predictions.csv");
    expect(told).toContain(words);
    expect(told).toMatch(new RegExp(`\\n.{10,} \\[${code}\\]$`));
  });

  test("that are too few for a comparison are inconclusive, which does not pass", async () => {
    const repository = await tinyRepository();
    await repository.write("predictions.csv", predictions(10));
    await config("gate: [{ metric: accuracy, min: 0.9 }]", "primary-metric: accuracy")(repository);
    expect((await repository.uses("train")).exitCode).toBe(0);
    const result = await repository.uses("compare-metrics");
    expect([result.exitCode, result.outputs["verdict"]]).toEqual([1, "inconclusive"]);
    expect(result.log).toContain("10 rows with 5 positives, at least 100 with 10 asked");
    expect(toldBy(result)).toBe(
      "The verdict is inconclusive, which blocks like a fail. The job summary says what is missing.",
    );
  });
});

describe("a comparison", () => {
  test.each(["model/weights.txt", "predictions.csv"])(
    "of a candidate whose %s was replaced is refused",
    async (file) => {
      const repository = await tinyRepository();
      expect((await repository.uses("train")).exitCode).toBe(0);
      await repository.write(`.tidemark/candidate/${file}`, predictions(199));
      const told = await refusalIn(repository, "compare-metrics");
      expect(told).toBe(
        `.tidemark/candidate/${file} is not the file that training left.\nTrain again. [CANDIDATE_CHANGED]`,
      );
    },
  );

  test("of a candidate whose description was replaced by text is refused", async () => {
    const repository = await tinyRepository();
    await repository.write(".tidemark/candidate/candidate.json", '{"format":"tidemark/candidate","version":1}');
    const told = await refusalIn(repository, "compare-metrics");
    expect(told).toMatch(/^\.tidemark\/candidate\/candidate\.json: .*\nRun train again.* \[CANDIDATE_INVALID\]$/);
  });

  test("without a candidate is refused", async () => {
    const told = await refusalIn(await tinyRepository(), "compare-metrics");
    expect(told).toBe(
      "There is no candidate in .tidemark/candidate.\nRun train first, or name its output folder. [CANDIDATE_MISSING]",
    );
  });

  test.each<[string, string, string]>([
    ["is cut short", "format: tidemark/release-record\nversion: 1\nmodel: churn\n", "RECORD_INVALID"],
    ["is no YAML", "}{", "DOCUMENT_MALFORMED"],
    ["is a bomb of aliases (F-19)", `a: &a [x]\n${"b: [*a, *a]\n".repeat(200)}`, "DOCUMENT_MALFORMED"],
  ])("with a release record that %s is refused by its path", async (_, text, code) => {
    const told = await refusal("compare-metrics", write("registry/churn/production.yaml", text));
    expect(told).toMatch(/^registry\/churn\/production\.yaml/);
    expect(told).toMatch(new RegExp(`\\n.{10,} \\[${code}\\]$`));
  });

  test("of a model with itself is refused", async () => {
    const told = await refusal("compare-metrics", intact, { baseline: ".tidemark/candidate" });
    expect(told).toContain("The candidate for churn is the version it would replace");
    expect(told).toContain("[SAME_MODEL]");
  });
});

describe("an input", () => {
  test.each<[string, string, string]>([
    ["a mistyped model", "chrun", 'no model "chrun". Did you mean "churn"?'],
    ["a way out of the folder", "../../etc", 'no model "../../etc"'],
    ["a runner's command", "churn\n::error::pwned\n##[error]pwned", 'no model "churn\\n::error::pwned'],
    ["a turned writing direction (F-08)", "churn\u202egnp", "\\u{202e}"],
    ["a prototype (F-21)", "__proto__", 'no model "__proto__"'],
    ["300 letters", "a".repeat(300), "no model"],
  ])("that names %s as the model is refused with the models there are", async (_, model, words) => {
    const told = await refusal("train", intact, { model });
    expect(told).toContain(words);
    expect(told).toContain("It has: churn. [MODEL_UNKNOWN]");
  });

  test.each(["../out", "/tmp/out", "."])("that writes to %s is refused", async (output) => {
    const told = await refusal("train", intact, { output });
    expect(told).toContain(`The path "${output}" is refused`);
    expect(told).toContain("[FILE_REFUSED]");
  });
});

describe("known bugs, each to lose its .fails when it is mended", () => {
  test("a model in a folder of its own is told paths that hold there", async () => {
    const repository = await tinyRepository();
    await config("task:", "path: models/churn\n    task:")(repository);
    await repository.write("models/churn/train.sh", TRAIN);
    await repository.write("models/churn/predictions.csv", predictions());
    for (const part of ["train", "holdout"]) await repository.write(`models/churn/data/${part}.csv`, data());
    const { exitCode, log } = await repository.uses("train");
    expect([log, exitCode]).toEqual([log, 0]);
  });

  test("predictions that are a link to another file of the machine are not read", async () => {
    const linked = `${TRAIN}ln -sf /etc/passwd "$TIDEMARK_OUTPUT/predictions.csv"`;
    expect(await refusal("train", write("train.sh", linked))).not.toContain("root:");
  });
});
