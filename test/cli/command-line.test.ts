import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineAction } from "#kit/define-action";
import { flag, optionalText, text } from "#kit/input-types";
import { runAction } from "#kit/run-action";
import type { Suite, SuiteEntry } from "#kit/suite";
import { greet } from "#test/kit/support/greet";
import { memoryConsole } from "#test/kit/support/memory-console";
import { runCommandLine } from "../../cli/command-line.ts";

const wordOf = (name: "word-say" | "word-count") =>
  defineAction({
    name,
    title: name,
    description: "Repeats what it is given.",
    icon: "box",
    color: "blue",
    inputs: {
      first: text().meta({ description: "What to repeat." }),
      second: optionalText().meta({ description: "What to add." }),
      loud: flag().prefault("false").meta({ description: "Shout." }),
    },
    outputs: { said: z.string().meta({ description: "All of it." }) },
    positional: ["first", "second"],
    run: async ({ first, second = "" }) => ({ outputs: { said: `${name} ${first} ${second}` } }),
  });

const entryOf = (action: ReturnType<typeof wordOf>): SuiteEntry => ({
  title: action.title,
  description: action.description,
  define: async () => action,
  load: async () => ({ run: (runner) => runAction(action, runner, () => ({})) }),
});

const suite: Suite = {
  greet: {
    title: greet.title,
    description: greet.description,
    define: async () => greet,
    load: async () => ({ run: (runner) => runAction(greet, runner, () => ({ phrase: async () => "Hi" })) }),
  },
  "word-say": entryOf(wordOf("word-say")),
  "word-count": entryOf(wordOf("word-count")),
  broken: {
    title: "Broken",
    description: "Cannot be loaded.",
    define: () => Promise.reject(new Error("no such module")),
    load: () => Promise.reject(new Error("no such module")),
  },
};

const tidemark = async (...args: string[]) => {
  const { console, written } = memoryConsole({ GREET_TOKEN: "Ann" });
  return { exitCode: await runCommandLine(args, suite, console), ...written };
};

describe("tidemark", () => {
  test("runs an action with its flags", async () => {
    const { exitCode, stdout } = await tidemark("greet", "--name", "Ann", "--times=2");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("greeting  Hi, Ann; Hi, Ann\n");
  });

  test("ends with 1 when the verdict is inconclusive", async () => {
    expect((await tidemark("greet", "--name", "Ann", "--mood", "doubtful")).exitCode).toBe(1);
  });

  test("takes a secret from the environment and does not show it", async () => {
    expect((await tidemark("greet", "--name", "Ann")).stderr).toBe("Greeting ***\n");
  });

  test("lists all actions without loading one", async () => {
    const { exitCode, stdout, stderr } = await tidemark("--help");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/greet +Greet somebody\n +word-say +word-say\n +word-count +word-count\n +broken +Broken\n/);
  });

  test("alone shows the same list on stderr and ends with 2", async () => {
    const { exitCode, stdout, stderr } = await tidemark();
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("Usage: tidemark <action>");
  });

  test("<action> --help describes its flags and runs nothing", async () => {
    const { exitCode, stdout, stderr } = await tidemark("greet", "--help");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("--[no-]loud");
  });

  test("--version prints the version of the package", async () => {
    expect((await tidemark("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("an action of two words", () => {
  test.each([[["word", "say", "a", "b"]], [["word-say", "a", "b"]], [["word", "say", "--second", "b", "a"]]])(
    "runs as %j",
    async (args) => {
      expect(await tidemark(...args)).toMatchObject({ exitCode: 0, stdout: "said     word-say a b\n" });
    },
  );

  test("is told apart from the other that begins the same", async () => {
    expect((await tidemark("word", "count", "a")).stdout).toContain("word-count a");
  });

  test.each([
    [["word"], '"word" needs a second word.\nThere are: "tidemark word say", "tidemark word count".'],
    [["word", "sya"], 'There is no action "word sya".\nDid you mean "word say"? There are: "tidemark word say",'],
  ])("is asked for after %j", async (args, told) => {
    const { exitCode, stdout, stderr } = await tidemark(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(told);
  });

  test("is listed beside its sisters", async () => {
    const { exitCode, stdout } = await tidemark("word", "--help");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Usage: tidemark word <word> .*\n\nActions:\n {2}word-say .*\n {2}word-count .*\n$/);
  });
});

describe("a mistake", () => {
  test("in the action's name is met with a suggestion and ends with 2", async () => {
    const { exitCode, stderr } = await tidemark("gret");
    expect(exitCode).toBe(2);
    expect(stderr).toBe('error: There is no action "gret".\nDid you mean "greet"? [UNKNOWN_ACTION]\n');
  });

  test("such as the name of a property of every object is no action", async () => {
    expect((await tidemark("constructor")).exitCode).toBe(2);
  });

  test("with --json is one JSON document on stdout", async () => {
    for (const args of [["gret"], ["greet"], ["greet", "--naem=x"], ["word"], ["word", "say"]]) {
      const { stdout } = await tidemark(...args, "--json");
      expect(Object.keys(JSON.parse(stdout))).toEqual(["error"]);
    }
  });

  test("of ours, such as an action that cannot be loaded, ends with 3", async () => {
    const { exitCode, stderr } = await tidemark("broken");
    expect(exitCode).toBe(3);
    expect(stderr).toContain("This is a bug in Tidemark");
  });
});
