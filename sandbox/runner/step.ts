import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fillExpressions, inputEnvironment, readActionYaml } from "./action-inputs.ts";

export interface JobPlace {
  /** The checkout. */
  readonly workspace: string;
  /** A folder of the job beside the checkout: outputs, summaries, event. */
  readonly temp: string;
  /** The runner's own variables, GITHUB_TOKEN left out: a step sees a token only as an input. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values of `github.…` expressions. */
  readonly context: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly name: string;
  readonly exitCode: number;
  readonly seconds: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs a node24 action as GitHub's runner does: bundled script, child process, INPUT_*, files for outputs and summary. */
export async function runActionStep(
  place: JobPlace,
  action: { folder: string; with: Readonly<Record<string, string>> },
): Promise<StepResult> {
  const yaml = readActionYaml(await readFile(join(action.folder, "action.yml"), "utf8"));
  const defaults = Object.entries(yaml.inputs).map(([name, value]) => [
    name,
    fillExpressions(value ?? "", place.context),
  ]);
  const inputs = { ...Object.fromEntries(defaults), ...action.with };
  const name = action.folder.split("/").at(-1) ?? action.folder;
  const command = { file: process.execPath, args: [resolve(action.folder, yaml.main)] };
  return runStep(place, { name, command, environment: inputEnvironment(inputs) });
}

/** Runs a line of shell, as `run:` does. */
export function runShellStep(place: JobPlace, line: string): Promise<StepResult> {
  return runStep(place, { name: line, command: { file: "/bin/sh", args: ["-e", "-c", line] }, environment: {} });
}

interface Step {
  readonly name: string;
  readonly command: { readonly file: string; readonly args: readonly string[] };
  readonly environment: Readonly<Record<string, string>>;
}

async function runStep(place: JobPlace, { name, command, environment }: Step): Promise<StepResult> {
  const files = { GITHUB_OUTPUT: join(place.temp, "output"), GITHUB_STEP_SUMMARY: join(place.temp, "summary") };
  await mkdir(dirname(files.GITHUB_OUTPUT), { recursive: true });
  for (const file of Object.values(files)) await writeFile(file, "");
  const started = performance.now();
  const { exitCode, log } = await runToEnd(command, place.workspace, {
    ...basics(),
    ...place.environment,
    ...files,
    ...environment,
    RUNNER_TEMP: place.temp,
    GITHUB_WORKSPACE: place.workspace,
  });
  return {
    name,
    exitCode,
    log,
    seconds: (performance.now() - started) / 1000,
    summary: await readFile(files.GITHUB_STEP_SUMMARY, "utf8"),
    outputs: parseOutputs(await readFile(files.GITHUB_OUTPUT, "utf8")),
  };
}

function basics(): Record<string, string> {
  const kept = ["PATH", "HOME", "LANG", "TMPDIR"].flatMap((name) =>
    process.env[name] ? [[name, process.env[name]]] : [],
  );
  return { ...Object.fromEntries(kept), CI: "true", GITHUB_ACTIONS: "true" };
}

function runToEnd(
  command: Step["command"],
  folder: string,
  environment: Record<string, string>,
): Promise<{ exitCode: number; log: string }> {
  return new Promise((done, fail) => {
    const child = spawn(command.file, [...command.args], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    const collect = (chunk: Buffer): void => {
      log += chunk.toString();
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", fail);
    child.once("close", (code) => done({ exitCode: code ?? 1, log }));
  });
}

const OUTPUT = /^(?<name>[^\n=<]+)<<(?<mark>[^\n]+)\n(?<value>[\s\S]*?)\n\k<mark>$/gm;

/** The `name<<mark` form that @actions/core writes. */
function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(OUTPUT)].map(({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""]),
  );
}
