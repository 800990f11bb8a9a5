import { describe, expect, test } from "vitest";
import { consoleRunner } from "#kit/console-runner";
import { runAction } from "#kit/run-action";
import { greet } from "./support/greet.ts";
import { memoryConsole } from "./support/memory-console.ts";

const start = (options: { json?: boolean; environment?: Record<string, string>; isTTY?: boolean } = {}) => {
  const { console, written } = memoryConsole(options.environment, options.isTTY);
  return { written, runner: consoleRunner({ console, values: { name: "Ann" }, json: options.json ?? false }) };
};

const greeted = async (json: boolean, phrase: string) => {
  const { written, runner } = start({ json });
  await runAction(greet, runner, () => ({ phrase: async () => phrase }));
  return written;
};

describe("on stdout", () => {
  test("--json prints exactly one document", async () => {
    const { stdout, stderr } = await greeted(true, "Hi");
    expect(JSON.parse(stdout)).toEqual({ greeting: "Hi, Ann", count: 1 });
    expect(stderr).toBe("Greeting Ann\n");
  });

  test("--json prints one document for a failure too", () => {
    const { written, runner } = start({ json: true });
    runner.fail({ exitCode: 2, code: "C", problems: ["p"], hint: "h", stack: [] });
    expect(JSON.parse(written.stdout)).toEqual({ error: { code: "C", problems: ["p"], hint: "h" } });
  });

  test("without --json the verdict and the outputs stand in one column", async () => {
    expect((await greeted(false, "Hi")).stdout).toBe("verdict   pass\ngreeting  Hi, Ann\ncount     1\n");
  });

  test("foreign text cannot reach the terminal's controls", async () => {
    for (const json of [true, false]) {
      expect((await greeted(json, "\u001b]0;x\u0007\u202e")).stdout).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
    }
  });
});

describe("on stderr", () => {
  test("a failure names the problem and the way out", () => {
    const { written, runner } = start();
    runner.fail({ exitCode: 2, code: "C", problems: ["First.", "Second."], hint: "Mend it.", stack: ["at x"] });
    expect(written).toEqual({ stdout: "", stderr: "error: First.\nerror: Second.\nMend it. [C]\n" });
  });

  test("a line break of foreign text cannot forge a line", () => {
    const { written, runner } = start();
    runner.log.info("auc\nThe verdict is pass.");
    expect(written.stderr).toBe("auc%0AThe verdict is pass.\n");
  });

  test("a warning says where", () => {
    const { written, runner } = start();
    runner.log.warning("odd", { file: "a.yml", line: 3 });
    expect(written.stderr).toBe("warning: a.yml:3: odd\n");
  });

  test("a secret is shown as stars", () => {
    const { written, runner } = start();
    runner.mask("s3cret");
    runner.log.info("Bearer s3cret");
    expect(written.stderr).toBe("Bearer ***\n");
  });

  test("colours show on a terminal only, and not when NO_COLOR is set", () => {
    const warned = (options: Parameters<typeof start>[0]) => {
      const { written, runner } = start(options);
      runner.log.warning("odd");
      return written.stderr;
    };
    expect(warned({ isTTY: true })).toBe("\u001b[33mwarning:\u001b[0m odd\n");
    expect(warned({ isTTY: true, environment: { NO_COLOR: "1" } })).toBe("warning: odd\n");
    expect(warned({})).toBe("warning: odd\n");
  });
});
