import { describe, expect, test } from "vitest";
import { githubStep, liveCommands } from "./support/github-step.ts";

describe("the log", () => {
  test("a metric name with a newline cannot start a workflow command", () => {
    const { stdout } = githubStep(`runner.log.info("auc\\n::warning ::forged\\r::error::forged");`);
    expect(stdout).toBe("auc%0A::warning ::forged%0A::error::forged\n");
    expect(liveCommands(stdout)).toEqual([]);
  });

  test("a text that is a command is printed, not obeyed", () => {
    const { stdout } = githubStep(`for (const t of ["::add-mask::a", "  ::x::", "a ##[error]b"]) runner.log.info(t);`);
    expect(liveCommands(stdout)).toEqual([]);
  });

  test("a warning names its file and line, and its place cannot forge properties", () => {
    const { stdout } = githubStep(
      `runner.log.warning("odd", { file: "a,line=9::x\\n::error::y", line: 3, title: "Schema" });`,
    );
    expect(stdout).toBe("::warning title=Schema,file=a%2Cline=9%3A%3Ax%250A%3A%3Aerror%3A%3Ay,line=3::odd\n");
  });

  test("a group inside a group does not close the outer one", () => {
    const { stdout } = githubStep(
      `await runner.log.group("outer", () => runner.log.group("inner", async () => runner.log.info("x")));`,
    );
    expect(stdout.split("\n")).toEqual(["::group::outer", "inner", "x", "::endgroup::", ""]);
  });

  test("debug lines appear only when the runner debugs", () => {
    expect(githubStep(`runner.log.debug("x");`).stdout).toBe("");
    expect(githubStep(`runner.log.debug("x");`, { RUNNER_DEBUG: "1" }).stdout).toBe("::debug::x\n");
  });

  test("every line of a secret key is masked", () => {
    const { stdout } = githubStep(`runner.mask("BEGIN KEY\\nabcdef\\n");`);
    expect(stdout.split("\n")).toEqual([
      "::add-mask::BEGIN KEY%0Aabcdef%0A",
      "::add-mask::BEGIN KEY",
      "::add-mask::abcdef",
      "",
    ]);
  });
});

describe("inputs and outputs", () => {
  test("an empty input is one that was left out", () => {
    const { stdout } = githubStep(`console.log(JSON.stringify(runner.inputs(["a-b", "c"])));`, {
      "INPUT_A-B": " x ",
      INPUT_C: " ",
    });
    expect(JSON.parse(stdout)).toEqual({ "a-b": "x" });
  });

  test("a value with line breaks writes one output", () => {
    const { outputs } = githubStep(`runner.setOutputs({ report: "a\\nevil=1", rows: 3, none: undefined });`);
    expect(outputs).toMatch(/^report<<(ghadelimiter_\S+)\na\nevil=1\n\1\nrows<<(ghadelimiter_\S+)\n3\n\2\n$/);
  });

  test("an output name that is no plain name is never written", () => {
    for (const name of ["x<<EOF\\ny", "x\\ny", "x=1", "x y"]) {
      const { outputs, exitCode } = githubStep(`runner.setOutputs({ "${name}": "1" });`);
      expect(outputs).toBe("");
      expect(exitCode).not.toBe(0);
    }
  });
});

test("a summary over GitHub's limit is cut and says where the rest is", () => {
  const { summary } = githubStep(`await runner.summary("| row |\\n".repeat(150_000));`);
  expect(Buffer.byteLength(summary)).toBeLessThan(901 * 1024);
  expect(summary).toMatch(/The whole report is in the artifact of this run\.\n+$/);
});

test("without a summary file nothing is written and nothing fails", () => {
  expect(githubStep(`await runner.summary("# x");`, { GITHUB_STEP_SUMMARY: "" }).exitCode).toBe(0);
});

test("a failure is one annotation; its stack shows only when the runner debugs", () => {
  const code = `runner.fail({ exitCode: 2, code: "C", problems: ["one\\n::error::x", "::two::"], hint: "Mend it.", stack: ["  at x"] });`;
  const annotation = "::error::one%250A::error::x%0A%253A:two::%0AMend it. [C]\n";
  expect(githubStep(code).stdout).toBe(annotation);
  expect(githubStep(code, { RUNNER_DEBUG: "1" }).stdout).toBe(`${annotation}::debug::  at x\n`);
});

test("a red step says why it is red", () => {
  const finish = (verdict: string) =>
    githubStep(`runner.finish({ exitCode: 1, verdict: "${verdict}", outputs: {}, document: {} });`).stdout;
  expect(finish("fail")).toMatch(/^::error::The verdict is fail\./);
  expect(finish("inconclusive")).toMatch(/^::error::The verdict is inconclusive,/);
  expect(finish("pass")).toBe("The verdict is pass.\n");
});
