import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findMisfit, unresolvedImports } from "../../scripts/bundle/pack.ts";
import { runToEnd } from "../../scripts/bundle/process.ts";
import { weigh, weightReport } from "../../scripts/size.ts";
import { findProblem } from "../../scripts/smoke.ts";

test("an import that ncc left unresolved without a word is found", () => {
  const bundle =
    'x;\nmodule.exports = eval("require")("no-such");\nmodule.exports = createRequire(import.meta.url)("fs")';
  expect(unresolvedImports(bundle)).toEqual(["no-such"]);
});

test.each([
  ["a native file", ["index.js", "duckdb.node"], "", "ncc shipped the native file duckdb.node"],
  ["a library in a folder", ["lib/libduckdb.so"], "", "ncc shipped the native file lib/libduckdb.so"],
  ["a library of a version", ["libduckdb.so.1"], "", "libduckdb.so.1"],
  ["a folder of ours", [], 'const x = __webpack_require__.ab + "models/data";', "build it without path.join"],
  ["an import that leads nowhere", [], 'module.exports = eval("require")("gone")', "No such module: gone."],
])("a bundle with %s is refused", (_, names, code, problem) => {
  expect(findMisfit(names, code)).toContain(problem);
});

test("a bundle may do without what its packages can do without", () => {
  expect(findMisfit(["index.js", "nodes.js"], 'module.exports = eval("require")("ioredis")')).toBeUndefined();
});

describe("a stub that is given nothing", () => {
  const sentence = 'Input "name" is required.';

  test("is well when it names its missing input and ends with 2", () => {
    expect(
      findProblem({ exitCode: 2, output: `::error::${sentence}%0AHint. [INVALID_INPUT]` }, sentence),
    ).toBeUndefined();
  });

  test.each([
    { it: "ends with another code", exitCode: 3, output: sentence, problem: "it ended with 3, not 2" },
    { it: "says something else", exitCode: 2, output: "Oh.", problem: `it did not say: ${sentence}` },
    { it: "prints a stack", exitCode: 2, output: `${sentence}\n    at run (x.js:1:2)`, problem: "it printed a stack" },
  ])("is broken when it $it", ({ exitCode, output, problem }) => {
    expect(findProblem({ exitCode, output }, sentence)).toBe(problem);
  });

  test("and has no required input must still speak in a sentence of ours", () => {
    expect(findProblem({ exitCode: 2, output: "No config. [NO_CONFIG]" }, undefined)).toBeUndefined();
    expect(findProblem({ exitCode: 2, output: "?" }, undefined)).toBe("it gave no sentence with a code");
    expect(findProblem({ exitCode: -1, output: "" }, undefined)).toBe("it ended with -1");
    expect(findProblem({ exitCode: 0, output: "" }, undefined)).toBeUndefined();
  });
});

test("a program that takes too long is killed", async () => {
  const args = ["-e", "setInterval(() => {}, 1000)"];
  const { exitCode } = await runToEnd({ program: process.execPath, args, folder: tmpdir(), timeoutSeconds: 0.3 });
  expect(exitCode).toBe(-1);
});

test("the weight of a folder names its heaviest files and the budget", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-size-"));
  try {
    writeFileSync(join(folder, "small.js"), "x");
    writeFileSync(join(folder, "big.js"), "x".repeat(20_000));
    const weight = await weigh(folder);
    expect(weight.bytes).toBe(20_001);
    expect(weightReport(weight)).toMatch(
      /^dist: 0\.02 MB in 2 files, .* within the budget of 6\.00 MB\nheaviest: big\.js 0\.02 MB/,
    );
    expect(weightReport({ ...weight, bytes: 6_000_001 })).toContain("OVER the budget");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
