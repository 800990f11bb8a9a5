/**
 * Runs each stub of dist/ the way a misconfigured workflow would: with nothing given. It must end in a sentence of ours.
 * Started by itself, it also runs the actions that read rows, on real rows.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inputFields } from "#kit/field";
import { runToEnd } from "./bundle/process.ts";
import { smokeData } from "./bundle/smoke-data.ts";
import { type FoundAction, findActions } from "./generate/actions.ts";

/** Runs the stubs one after another; a line for each that misbehaves. */
export async function smoke(dist: string, actions: readonly FoundAction[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark-smoke-"));
  try {
    const problems: string[] = [];
    for (const action of actions) problems.push(...(await smokeOne(dist, folder, action)));
    return problems;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function smokeOne(dist: string, folder: string, { definition }: FoundAction): Promise<readonly string[]> {
  const result = await runToEnd({
    program: process.execPath,
    args: [join(dist, `${definition.name}.js`)],
    folder,
    environment: {},
    timeoutSeconds: 30,
  });
  const required = inputFields(definition).find((field) => field.required);
  const problem = findProblem(result, required && `Input "${required.name}" is required.`);
  return problem === undefined ? [] : [`${definition.name}: ${problem}. It printed:\n${result.output.slice(0, 2000)}`];
}

/** What is wrong with a run that was given nothing, or undefined. `sentence` is what it must say when it has a required input. */
export function findProblem(
  { exitCode, output }: { readonly exitCode: number; readonly output: string },
  sentence: string | undefined,
): string | undefined {
  if (/^\s+at .+:\d+:\d+\)?$/m.test(output)) return "it printed a stack";
  if (sentence !== undefined) {
    if (exitCode !== 2) return `it ended with ${exitCode}, not 2`;
    return output.includes(sentence) ? undefined : `it did not say: ${sentence}`;
  }
  if (exitCode < 0 || exitCode > 2) return `it ended with ${exitCode}`;
  return exitCode === 2 && !/\[[A-Z][A-Z0-9_]+\]/.test(output) ? "it gave no sentence with a code" : undefined;
}

if (process.argv[1] === import.meta.filename) {
  const root = join(import.meta.dirname, "..");
  const dist = join(root, "dist");
  const problems = [...(await smoke(dist, await findActions(root))), ...(await smokeData(dist))];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
