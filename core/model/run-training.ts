import { modelPath } from "../config/model-path.ts";
import { UserError } from "../errors.ts";
import type { CommandOutcome } from "../ports/command-runner.ts";
import type { Log } from "../ports/log.ts";
import type { TrainingPorts, TrainingRequest } from "./training.ts";

export interface TrainingRun {
  readonly seconds: number;
}

// What a shell and a language runtime need to work at all. Nothing else of the job's environment passes: no token, no
// cloud credential, no runner variable.
const BASE_ENVIRONMENT = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "SystemRoot", "VIRTUAL_ENV"];

/** Runs the model's training command to its end. @throws UserError TRAINING_FAILED, TRAINING_TIMED_OUT */
export async function runTraining(ports: TrainingPorts & { log: Log }, request: TrainingRequest): Promise<TrainingRun> {
  const { files, commands, log } = ports;
  const { model, output } = request;
  const lastLines: string[] = [];
  const outcome = await commands.run({
    line: model.train.run,
    folder: files.locate(model.path),
    environment: {
      ...commands.environment([...BASE_ENVIRONMENT, ...model.train.environment]),
      ...trainingEnvironment(ports, model, output),
    },
    timeoutSeconds: model.train["timeout-minutes"] * 60,
    onLine: (line) => {
      log.info(line);
      lastLines.push(line);
      if (lastLines.length > 3) lastLines.shift();
    },
  });
  refuseFailure(outcome, model.train.run, lastLines);
  return { seconds: Number(outcome.seconds.toFixed(3)) };
}

/** What the command is told: where the data is, where to write, and with what seed. */
function trainingEnvironment(
  { files }: TrainingPorts,
  model: TrainingRequest["model"],
  output: string,
): Record<string, string> {
  const params = model.train.params;
  return {
    TIDEMARK_DATA_TRAIN: files.locate(modelPath(model, model.data.train)),
    TIDEMARK_DATA_HOLDOUT: files.locate(modelPath(model, model.data.holdout)),
    TIDEMARK_OUTPUT: files.locate(output),
    TIDEMARK_SEED: String(model.train.seed),
    ...(params === undefined ? {} : { TIDEMARK_PARAMS: files.locate(modelPath(model, params)) }),
  };
}

const MEND = "Mend the command; docs/configuration.md names the variables it is given.";

function refuseFailure(outcome: CommandOutcome, command: string, lastLines: readonly string[]): void {
  const said =
    lastLines.length === 0 ? "It printed nothing." : `Its last lines: ${lastLines.join(" / ").slice(0, 500)}`;
  switch (outcome.kind) {
    case "exited":
      if (outcome.code === 0) return;
      throw new UserError(
        "TRAINING_FAILED",
        `The training command "${command}" ended with exit code ${outcome.code}. ${said}`,
        MEND,
      );
    case "killed":
      throw new UserError(
        "TRAINING_FAILED",
        `The training command "${command}" was ${deathOf(outcome.signal)}. ${said}`,
        MEND,
      );
    case "timed-out":
      throw new UserError(
        "TRAINING_TIMED_OUT",
        `The training command "${command}" was stopped after ${Math.round(outcome.seconds)} s.`,
        "Give it more time with train.timeout-minutes, or less to do.",
      );
    default:
      outcome satisfies never;
  }
}

function deathOf(signal: string): string {
  return signal === "SIGKILL" ? "killed by SIGKILL, as happens when memory runs out" : `killed by ${signal}`;
}
