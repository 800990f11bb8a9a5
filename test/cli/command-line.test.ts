import { describe, expect, test } from "vitest";
import { runAction } from "#kit/run-action";
import type { Suite } from "#kit/suite";
import { greet } from "#test/kit/support/greet";
import { memoryConsole } from "#test/kit/support/memory-console";
import { runCommandLine } from "../../cli/command-line.ts";

const suite: Suite = {
  greet: {
    title: greet.title,
    description: greet.description,
    define: async () => greet,
    load: async () => ({ run: (runner) => runAction(greet, runner, () => ({ phrase: async () => "Hi" })) }),
  },
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
    expect(stdout).toMatch(/greet +Greet somebody\n +broken +Broken\n/);
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
    for (const args of [["gret"], ["greet"], ["greet", "--naem=x"]]) {
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
