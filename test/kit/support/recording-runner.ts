import type { Explained } from "#kit/explain";
import type { Finished, Runner } from "#kit/runner";

export interface Recording {
  readonly runner: Runner;
  readonly lines: string[];
  readonly masks: string[];
  readonly summaries: string[];
  readonly failures: Explained[];
  readonly finishes: Finished[];
}

/** A runner that keeps what it was told. */
export function recordingRunner(inputs: Readonly<Record<string, string>>): Recording {
  const lines: string[] = [];
  const [masks, summaries, failures, finishes]: [string[], string[], Explained[], Finished[]] = [[], [], [], []];
  const say = (text: string) => void lines.push(text);
  const runner: Runner = {
    log: { info: say, debug: say, warning: say, error: say, group: (_, work) => work() },
    inputs: (names) => Object.fromEntries(names.map((name) => [name, inputs[name]])),
    mask: (secret) => void masks.push(secret),
    setOutputs: (outputs) => say(`outputs ${JSON.stringify(outputs)}`),
    summary: async (markdown) => void summaries.push(markdown),
    fail: (error) => void failures.push(error),
    finish: (result) => void finishes.push(result),
  };
  return { runner, lines, masks, summaries, failures, finishes };
}
