/** Runs the suites that need a server, Python or Java: one folder of test/services each. All of them, or those named. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startVitest } from "vitest/node";

const FOLDER = "test/services";
const MINUTES = 60_000;

const { values: options, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { root: { type: "string", default: join(import.meta.dirname, "..") } },
});

const root = resolve(options.root);
const suites = await findSuites();
const unknown = asked.filter((name) => !suites.includes(name));
if (unknown.length > 0) refuse();
else if (suites.length === 0) console.log(`No suite needs a service yet: ${FOLDER} holds none.`);
else await runSuites(asked.length === 0 ? suites : asked);

async function findSuites(): Promise<readonly string[]> {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function refuse(): void {
  const known = suites.length === 0 ? "There is none yet." : `There are: ${suites.join(", ")}.`;
  console.error(`No suite is called ${unknown.map((name) => JSON.stringify(name)).join(", ")}. ${known}`);
  process.exitCode = 2;
}

/** A skipped test fails the run: whoever asks for a service's tests wants to know that they ran. */
async function runSuites(names: readonly string[]): Promise<void> {
  const include = names.map((name) => `${FOLDER}/${name}/**/*.test.ts`);
  const limits = { testTimeout: 2 * MINUTES, hookTimeout: 5 * MINUTES };
  const vitest = await startVitest("test", [], { root, config: false, watch: false, include, ...limits });
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const skipped = tests.filter((each) => each.result().state === "skipped");
  for (const each of skipped) console.error(`Skipped, which fails here: ${each.fullName}`);
  const silent = names.filter((name) => !modules.some(({ moduleId }) => moduleId.includes(`/${FOLDER}/${name}/`)));
  for (const name of silent) console.error(`${FOLDER}/${name} holds no test.`);
  await vitest.close();
  if (skipped.length > 0 || silent.length > 0) process.exitCode = 1;
}
