import { describe, expect, test } from "vitest";
import { z } from "zod";
import { UserError } from "#core/errors";
import { defineAction } from "#kit/define-action";
import { runAction } from "#kit/run-action";
import { greet } from "./support/greet.ts";
import { recordingRunner } from "./support/recording-runner.ts";

const run = async (inputs: Record<string, string>) => {
  const recording = recordingRunner(inputs);
  const exitCode = await runAction(greet, recording.runner, () => ({
    phrase: async (language) => `Hi in ${language}`,
  }));
  return { exitCode, ...recording };
};

/** An action whose result is handed in. */
const probe = (work: () => unknown) =>
  defineAction({
    name: "probe",
    title: "Probe",
    description: "Does what it is told.",
    icon: "box",
    color: "white",
    inputs: {},
    outputs: { rows: z.int().meta({ description: "How many rows." }) },
    run: async () => (await work()) as { outputs: { rows: number } },
  });

const runProbe = async (work: () => unknown) => {
  const recording = recordingRunner({});
  return { exitCode: await runAction(probe(work), recording.runner, () => undefined), ...recording };
};

describe("a run", () => {
  test("hands over outputs, then the summary, and ends with 0", async () => {
    const { exitCode, lines, summaries, finishes } = await run({ name: "Ann", loud: "true" });
    expect(exitCode).toBe(0);
    expect(lines).toEqual(["Greeting Ann", 'outputs {"greeting":"Hi in english, Ann!","count":1}']);
    expect(summaries).toEqual(["**Hi in english, Ann!**"]);
    expect(finishes).toMatchObject([{ verdict: "pass", document: { count: 1 } }]);
  });

  test("ends with 1 when the verdict is inconclusive, outputs and summary included", async () => {
    const { exitCode, summaries } = await run({ name: "Ann", mood: "doubtful" });
    expect(exitCode).toBe(1);
    expect(summaries).toHaveLength(1);
  });

  test("masks a secret before anything can print it", async () => {
    expect((await run({ name: "Ann", "api-token": "s3cret" })).masks).toEqual(["s3cret"]);
  });

  test("prints the document of an action that names one", async () => {
    const { finishes } = await runProbe(() => ({ outputs: { rows: 1 }, document: { all: [1] } }));
    expect(finishes[0]?.document).toEqual({ all: [1] });
  });
});

describe("a mistake of the user", () => {
  test("a missing required input is named in a sentence", async () => {
    const { exitCode, failures } = await run({});
    expect(exitCode).toBe(2);
    expect(failures[0]?.problems).toEqual(['Input "name" is required.']);
  });

  test("all problems are told at once, each with what was expected and what came", async () => {
    const { failures } = await run({ language: "germn", times: "12", loud: "yes", "api-token": " " });
    expect(failures[0]?.problems).toEqual([
      'Input "name" is required.',
      'Input "language": expected english, german or french, got "germn". Did you mean "german"?',
      'Input "times": expected a whole number from 1 to 9, got 12.',
      'Input "loud": expected true or false, got "yes".',
      'Input "api-token": expected some text.',
    ]);
  });

  test("ends with 2 and keeps code, problem and hint", async () => {
    const { exitCode, failures } = await run({ name: "nobody" });
    expect(exitCode).toBe(2);
    expect(failures).toEqual([
      { exitCode: 2, code: "NOBODY_THERE", problems: ["There is nobody to greet."], hint: "Name somebody.", stack: [] },
    ]);
  });

  test("keeps the stack of its cause for debugging", async () => {
    const { failures } = await runProbe(() => {
      throw new UserError("NO_ACCESS", "No access.", "Grant it.", { cause: new Error("403") });
    });
    expect(failures[0]?.stack[0]).toBe("Error: 403");
  });
});

describe("a bug of ours", () => {
  test("ends with 3, asks for a report and keeps the stacks of all causes", async () => {
    const { exitCode, failures } = await runProbe(() => {
      throw new TypeError("kaputt", { cause: new Error("below") });
    });
    expect(exitCode).toBe(3);
    expect(failures[0]).toMatchObject({ problems: ["TypeError: kaputt"] });
    expect(failures[0]?.hint).toMatch(/^This is a bug in Tidemark; please report it at https:/);
    expect(failures[0]?.stack).toContain("Caused by: Error: below");
  });

  test("an output the definition does not name is our bug", async () => {
    const { exitCode, failures, finishes } = await runProbe(() => ({ outputs: { rows: 1, "x<<EOF\ny": 2 } }));
    expect(exitCode).toBe(3);
    expect(failures[0]?.problems[0]).toContain('The outputs of "probe" differ from its definition');
    expect(finishes).toEqual([]);
  });

  test("an output of another type is our bug", async () => {
    expect((await runProbe(() => ({ outputs: { rows: "many" } }))).exitCode).toBe(3);
  });

  test("something thrown that is no error is our bug too", async () => {
    expect((await runProbe(() => Promise.reject("text"))).failures[0]?.problems).toEqual(["text"]);
  });
});
