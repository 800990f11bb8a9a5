import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { greet } from "#test/kit/support/greet";
import { actionReadme, replaceSection, rootReadme } from "../../scripts/generate/readme.ts";

const repository = join(import.meta.dirname, "../..");
let root = "";

/** A repository of one action that borrows our core and kit. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tidemark-generate-"));
  for (const name of ["core", "kit", "node_modules"]) symlinkSync(join(repository, name), join(root, name));
  cpSync(join(repository, "package.json"), join(root, "package.json"));
  mkdirSync(join(root, "actions/greet"), { recursive: true });
  cpSync(join(repository, "test/kit/support/greet.ts"), join(root, "actions/greet/action.ts"));
  writeFileSync(join(root, "README.md"), "# Us\n\n<!-- generated:actions -->\n<!-- /generated:actions -->\n\nBye.\n");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const generate = (...args: string[]) => {
  const script = join(repository, "scripts/generate.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--root", root, ...args], {
    encoding: "utf8",
  });
  return { exitCode: status, stdout, stderr };
};
const read = (path: string) => readFileSync(join(root, path), "utf8");

describe("generate", () => {
  test("writes what is missing, and nothing the second time", () => {
    expect(generate().stdout).toContain(
      "wrote actions/greet/action.yml\nwrote actions/greet/README.md\nwrote actions/suite.ts\n",
    );
    expect(generate()).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(read("actions/suite.ts")).toContain('define: async () => (await import("./greet/action.ts")).greet');
    expect(read("README.md")).toMatch(
      /^# Us\n\n<!-- generated:actions -->\n\| Action .*\n.*\n\| \[`greet`\].*\n<!-- .* -->\n\nBye\.\n$/,
    );
  });

  test("--check names the file that differs and writes nothing", () => {
    generate();
    const stale = read("actions/greet/action.yml").replace("hello", "goodbye");
    writeFileSync(join(root, "actions/greet/action.yml"), stale);
    const { exitCode, stderr } = generate("--check");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^actions\/greet\/action\.yml differs from what it is derived from\.\nRun /);
    expect(read("actions/greet/action.yml")).toBe(stale);
  });

  test("keeps the hashes of DuckDB's native files as the lock file has them", () => {
    const lock = (integrity: string) => ({
      packages: { "node_modules/@duckdb/node-bindings-linux-x64": { version: "1.2.3", integrity } },
    });
    const path = "adapters/duckdb/binding-integrity.json";
    writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock("sha512-one")));
    generate();
    expect(JSON.parse(read(path))).toEqual({ version: "1.2.3", packages: { "linux-x64": "sha512-one" } });
    writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock("sha512-two")));
    const { exitCode, stderr } = generate("--check");
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${path} differs`)]);
  });

  test("refuses an action whose name is not that of its folder", () => {
    cpSync(join(root, "actions/greet"), join(root, "actions/welcome"), { recursive: true });
    const { exitCode, stderr } = generate();
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      'actions/welcome/action.ts must export welcome with name "welcome", not greet with name "greet".',
    );
  });
});

describe("a README", () => {
  test("of an action is created whole", async () => {
    await expect(actionReadme(greet)).toMatchFileSnapshot("golden/greet-readme.md");
  });

  test("keeps all text outside the markers", () => {
    const edited = actionReadme(greet)
      .replace("<!-- generated:inputs -->", "Before.\n\n<!-- generated:inputs -->")
      .concat("\n## By hand\n");
    expect(actionReadme({ ...greet, title: "New" }, edited)).toBe(edited.replace("# Greet somebody", "# New"));
  });

  test("of the repository without markers is left alone", () => {
    expect(rootReadme([greet], "# Us\n")).toBeUndefined();
  });

  test("with an opening marker alone is refused", () => {
    expect(() => replaceSection("<!-- generated:x -->\n", ["x", "y"])).toThrow("no <!-- /generated:x --> after it");
  });
});
