import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "services-"));
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
});

afterEach(() => rm(root, { recursive: true, force: true }));

interface Ended {
  readonly code: number;
  readonly output: string;
}

function testServices(...names: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const args = [join(ROOT, "scripts/test-services.ts"), "--root", root, ...names];
    // A vitest started by a test must not take itself for a worker of the outer one.
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("VITEST")));
    execFile(process.execPath, args, { env: environment }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: `${stdout}${stderr}` }),
    );
  });
}

async function suite(name: string, body: string): Promise<void> {
  await mkdir(join(root, "test/services", name), { recursive: true });
  await writeFile(
    join(root, "test/services", name, "one.test.ts"),
    `import { expect, test } from "vitest";\n${body}\n`,
  );
}

test("says in one line that there is no suite yet", async () => {
  expect(await testServices()).toEqual({
    code: 0,
    output: "No suite needs a service yet: test/services holds none.\n",
  });
});

test("refuses an unknown name with the list", async () => {
  await suite("mlflow", "test('x', () => {});");
  expect(await testServices("mlfow")).toEqual({
    code: 2,
    output: 'No suite is called "mlfow". There are: mlflow.\n',
  });
});

test("runs the named suite only", async () => {
  await suite("good", "test('x', () => expect(1).toBe(1));");
  await suite("bad", "test('x', () => expect(1).toBe(2));");
  expect((await testServices("good")).code).toBe(0);
  expect((await testServices()).code).toBe(1);
});

test("fails when a test is skipped", async () => {
  await suite("shy", "test.skip('needs a server', () => {}); test('y', () => {});");
  const { code, output } = await testServices("shy");
  expect(code).toBe(1);
  expect(output).toContain("Skipped, which fails here: needs a server");
});
