import { beforeEach, describe, expect, test } from "vitest";
import { compareMetrics } from "#actions/compare-metrics/action";
import { report } from "#actions/report/action";
import { train } from "#actions/train/action";
import { validateData } from "#actions/validate-data/action";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { yamlDocuments } from "#adapters/yaml/documents";
import { CONFIG_PATH } from "#core/config/tidemark-config";
import { digestOf } from "#core/digest";
import type { CommandOutcome, CommandRunner } from "#core/ports/command-runner";
import type { Files } from "#core/ports/files";
import { printRecord } from "#core/registry/read-record";
import { recordPath } from "#core/registry/release-record";
import { runAction } from "#kit/run-action";
import type { Runner } from "#kit/runner";
import { recordingRunner } from "#test/kit/support/recording-runner";
import { modelEntry } from "#test/support/builders/config";
import { contractText } from "#test/support/builders/contract";
import { contentsOf, digestOfModel, MODEL } from "#test/support/builders/model";
import { KEY, releaseRecord } from "#test/support/builders/release-record";
import { memoryCodeHost } from "#test/support/fakes/code-host";
import { memoryStore } from "#test/support/fakes/object-store";
import { temporaryFolder } from "#test/support/temporary-folder";

const documents = yamlDocuments();
const engine = csvDataEngine();
const clock = () => new Date("2026-03-02T10:00:00Z");
const CONTRACT = "contracts/strikes.yaml";
const HOLDOUT_TEXT = "id,age\n1,30\n2,40\n";
const SECRETS = { GITHUB_TOKEN: "ghs_secret", ACTIONS_RUNTIME_TOKEN: "runtime", PATH: "/bin", WANDB: "wandb" };

let files: Files;
let store: ReturnType<typeof memoryStore>;
let uploads: string[];
let seen: Readonly<Record<string, string>>;

beforeEach(async () => {
  files = folderFiles(await temporaryFolder());
  store = memoryStore();
  uploads = [];
  seen = {};
  await configure({ contract: CONTRACT });
  await files.write(
    CONTRACT,
    JSON.stringify(
      contractText([
        { name: "id", required: true },
        { name: "age", logicalType: "integer", required: true },
      ]),
    ),
  );
  await files.write("data/train.csv", "id,age\n3,50\n4,60\n");
  await files.write("data/holdout.csv", HOLDOUT_TEXT);
});

const configure = (facts: Record<string, unknown>) =>
  files.write(CONFIG_PATH, JSON.stringify({ models: { [MODEL]: modelEntry(facts) } }));

const uploader = { upload: async (name: string) => void uploads.push(name) };

/** A training command that writes a model's files and predictions where it is told to. */
function commands(weights: string, outcome: CommandOutcome = { kind: "exited", code: 0, seconds: 2 }): CommandRunner {
  return {
    platform: "linux x64",
    environment: (names) => Object.fromEntries(Object.entries(SECRETS).filter(([name]) => names.includes(name))),
    run: async ({ environment, onLine }) => {
      seen = environment;
      onLine("epoch 1");
      const output = folderFiles(environment["TIDEMARK_OUTPUT"] ?? "");
      const { model, predictions } = contentsOf(weights);
      for (const [path, text] of Object.entries(model)) await output.write(`model/${path}`, text);
      await output.write("predictions.csv", predictions);
      return outcome;
    },
  };
}

async function recorded(inputs: Record<string, string>, work: (runner: Runner) => Promise<number>) {
  const recording = recordingRunner({ model: MODEL, ...inputs });
  const exitCode = await work(recording.runner);
  const [finished] = recording.finishes;
  return { ...recording, exitCode, outputs: finished?.outputs, told: JSON.stringify(recording.failures) };
}

const validating = (inputs: Record<string, string> = {}) =>
  recorded(inputs, (runner) =>
    runAction(validateData, runner, () => {
      return { files, given: files, documents, engine, clock, refusePattern: () => undefined };
    }),
  );

const training = (runner: CommandRunner = commands("challenger"), inputs: Record<string, string> = {}) => {
  const git = { head: async () => ({ commit: "a".repeat(40), dirty: false }) };
  return recorded(inputs, (to) =>
    runAction(train, to, () => ({ files, documents, engine, commands: runner, git, clock, uploader })),
  );
};

const comparing = (inputs: Record<string, string> = {}) => {
  const job = { id: 41, attempt: 1, headSha: "a".repeat(40) };
  return recorded(inputs, (runner) =>
    runAction(compareMetrics, runner, () => ({
      files,
      documents,
      engine,
      clock,
      openStore: () => store,
      job,
      tool: "test",
    })),
  );
};

const reporting = (host: ReturnType<typeof memoryCodeHost>, inputs: Record<string, string> = {}) =>
  recorded(inputs, (runner) =>
    runAction(report, runner, () => ({ files, documents, uploader, comments: () => host.comments, runUrl: undefined })),
  );

/** The checkout names a version that serves, predicted on this holdout; the store has its predictions. */
async function serving(weights = "champion"): Promise<void> {
  const { serving: named, ...record } = releaseRecord({ serving: weights });
  const holdout = digestOf(HOLDOUT_TEXT);
  await files.write(recordPath.format(KEY), printRecord({ ...record, serving: { ...named, holdout } }, documents));
  await files.write(".tidemark/report/.keep", "");
  const { predictions } = contentsOf(weights);
  store.objects.set(digestOf(predictions), new TextEncoder().encode(predictions));
}

async function leavesNothing(path: string): Promise<void> {
  expect(await files.exists(path)).toBe(false);
}

describe("validate-data", () => {
  test("passes data that keeps its contract, and writes what it saw", async () => {
    const { exitCode, outputs } = await validating();
    expect({ exitCode, outputs }).toEqual({
      exitCode: 0,
      outputs: {
        verdict: "pass",
        findings: 0,
        drifted: 0,
        report: `.tidemark/validation-${MODEL}.json`,
        profile: `.tidemark/profile-${MODEL}.json`,
      },
    });
    expect(await files.readText(`.tidemark/validation-${MODEL}.json`)).toContain(digestOf(HOLDOUT_TEXT));
  });

  test("fails data with a missing value, naming file and column, with the exit code of a verdict", async () => {
    await files.write("data/train.csv", "id,age\n3,\n");
    const { exitCode, outputs, lines } = await validating();
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ verdict: "fail" });
    expect(lines.join("\n")).toMatch(/data\/train\.csv.*age/);
  });

  test.each([
    ["a model nobody configures", { model: "chrun" }, /Did you mean/],
    ["a contract that is not there", { contract: "nowhere.yaml" }, /nowhere\.yaml/],
    ["a path out of the folder", { contract: "../secret.yaml" }, /\.\./],
    ["data that is not there", { data: "nowhere.csv" }, /nowhere\.csv/],
  ])("refuses %s in one sentence and writes nothing", async (_, inputs, words) => {
    const { exitCode, told, failures } = await validating(inputs as Record<string, string>);
    expect(exitCode).toBe(2);
    expect(told).toMatch(words);
    expect(failures).toHaveLength(1);
    await leavesNothing(`.tidemark/validation-${MODEL}.json`);
  });

  test("refuses a model that names no contract", async () => {
    await configure({});
    expect((await validating()).told).toContain("Nothing to check");
  });
});

describe("train", () => {
  test("leaves a candidate, uploads it and names it by its files", async () => {
    const { exitCode, outputs } = await training();
    expect({ exitCode, outputs }).toEqual({
      exitCode: 0,
      outputs: {
        candidate: ".tidemark/candidate",
        digest: digestOfModel("challenger"),
        artifact: `tidemark-candidate-${MODEL}`,
      },
    });
    expect(uploads).toEqual([`tidemark-candidate-${MODEL}`]);
  });

  test("shows its command no token and nothing that was not allowed (F-76)", async () => {
    await configure({ train: { run: "npm run train", environment: ["WANDB"] } });
    await training();
    expect(
      Object.keys(seen)
        .filter((name) => !name.startsWith("TIDEMARK_"))
        .sort(),
    ).toEqual(["PATH", "WANDB"]);
    expect(JSON.stringify(seen)).not.toMatch(/ghs_secret|runtime/);
  });

  test.each<[string, CommandOutcome, RegExp]>([
    ["fails", { kind: "exited", code: 3, seconds: 1 }, /exit code 3.*epoch 1/],
    ["is killed", { kind: "killed", signal: "SIGKILL", seconds: 1 }, /killed by SIGKILL/],
    ["takes too long", { kind: "timed-out", seconds: 60 }, /stopped after 60 s/],
  ])("says so when the command %s, and leaves no candidate", async (_, outcome, words) => {
    const { exitCode, told } = await training(commands("challenger", outcome));
    expect(exitCode).toBe(2);
    expect(told).toMatch(words);
    expect(uploads).toEqual([]);
    await leavesNothing(".tidemark/candidate/candidate.json");
  });

  test("refuses data that changed since it was validated (F-09)", async () => {
    await validating();
    await files.write("data/train.csv", "id,age\n9,9\n");
    const { exitCode, told } = await training();
    expect(exitCode).toBe(2);
    expect(told).toContain("is not the file that was validated");
    expect(seen).toEqual({});
  });

  test("refuses a command that changes the holdout under it (F-62)", async () => {
    const honest = commands("challenger");
    const run: CommandRunner["run"] = async (command) => {
      await files.write("data/holdout.csv", "id,age\n1,1\n");
      return honest.run(command);
    };
    expect((await training({ ...honest, run })).told).toContain("data changed while the model was trained");
    expect(uploads).toEqual([]);
  });

  test.each([["../out"], ["/etc"], ["."]])("refuses to empty %s", async (output) => {
    const { exitCode } = await training(commands("challenger"), { output });
    expect(exitCode).toBe(2);
    expect(await files.readText("data/holdout.csv")).toBe(HOLDOUT_TEXT);
  });
});

describe("compare-metrics", () => {
  beforeEach(async () => {
    await configure({});
    await training();
  });

  test("judges a first model by bounds alone: with only a comparison to make, nothing is proven", async () => {
    const { exitCode, outputs } = await comparing();
    expect(outputs).toMatchObject({ baseline: "" });
    expect([0, 1]).toContain(exitCode);
  });

  test("passes a candidate that is no worse than what serves, and binds it to run and baseline", async () => {
    await serving();
    const { exitCode, outputs } = await comparing();
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ verdict: "pass", baseline: digestOfModel("champion") });
    const evidence = await files.readText(".tidemark/report/evidence.json");
    expect(JSON.parse(evidence)).toMatchObject({ run: { id: 41, attempt: 1 }, baseline: { source: "release-record" } });
  });

  test("fails a candidate below its bound with the exit code of a verdict", async () => {
    await configure({ gate: [{ metric: "roc_auc", min: 1.1 }] });
    await serving();
    expect(await comparing()).toMatchObject({ exitCode: 1, outputs: { verdict: "fail" } });
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      "a candidate whose files were changed",
      () => files.write(".tidemark/candidate/model/weights.bin", "other"),
      /not the file that training left/,
    ],
    [
      "predictions that were changed",
      () => files.write(".tidemark/candidate/predictions.csv", "id,y_true,score\n"),
      /not the file that training left/,
    ],
    [
      "a record that cannot be read",
      () => files.write(recordPath.format(KEY), "x: 1"),
      /registry\/churn\/production\.yaml/,
    ],
    [
      "a baseline the store has lost",
      async () => {
        await serving();
        store.objects.clear();
      },
      /No object/,
    ],
    ["the version that serves", () => serving("challenger"), /is the version it would replace/],
  ])("refuses %s in one sentence and writes no evidence", async (_, change, words) => {
    await change();
    const { exitCode, told } = await comparing();
    expect(exitCode).toBe(2);
    expect(told).toMatch(words);
    await leavesNothing(".tidemark/report/evidence.json");
  });

  test("refuses an environment the model does not have", async () => {
    expect((await comparing({ environment: "moon" })).told).toContain("no environment");
  });
});

describe("report", () => {
  const host = memoryCodeHost();

  beforeEach(async () => {
    await configure({});
    await training();
    await serving();
    await comparing();
    uploads.length = 0;
  });

  test("writes Markdown and a page, uploads both with the evidence, and comments once", async () => {
    const first = await reporting(host, { "pull-request": "7" });
    await reporting(host, { "pull-request": "7" });
    expect(first.exitCode).toBe(0);
    expect(first.outputs).toEqual({
      markdown: ".tidemark/report/report.md",
      page: ".tidemark/report/report.html",
      artifact: `tidemark-report-${MODEL}`,
    });
    expect(uploads).toEqual([`tidemark-report-${MODEL}`, `tidemark-report-${MODEL}`]);
    expect([...host.world.comments.values()]).toHaveLength(1);
  });

  test("comments nowhere unless asked", async () => {
    const quiet = memoryCodeHost();
    await reporting(quiet);
    expect(quiet.world.comments.size).toBe(0);
  });

  test.each([
    ["is not there", undefined],
    ["is no evidence", "{}"],
  ])("refuses evidence that %s and writes nothing", async (_, text) => {
    await files.removeFolder(".tidemark/report");
    if (text !== undefined) await files.write(".tidemark/report/evidence.json", text);
    const { exitCode, failures } = await reporting(memoryCodeHost());
    expect(exitCode).toBe(2);
    expect(failures).toHaveLength(1);
    expect(uploads).toEqual([]);
    await leavesNothing(".tidemark/report/report.md");
  });

  test("refuses evidence of another model than the one it is asked for (F-67)", async () => {
    const path = ".tidemark/report/evidence.json";
    await files.write(path, (await files.readText(path)).replace(`"model": "${MODEL}"`, '"model": "fraud"'));
    const { exitCode } = await reporting(memoryCodeHost());
    expect(exitCode).toBe(2);
    expect(uploads).toEqual([]);
  });
});
