/** Writes everything derived from the definitions of actions and configuration, and from the lock file; with --check says what differs and writes nothing. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { actionYaml } from "#kit/action-yaml";
import { type FoundAction, findActions } from "./generate/actions.ts";
import { bindingIntegrityFile } from "./generate/binding-integrity.ts";
import { actionReadme, rootReadme } from "./generate/readme.ts";
import { schemaFiles } from "./generate/schemas.ts";
import { suiteFile } from "./generate/suite.ts";
import { type DerivedFile, differing, readIfPresent, write } from "./generate/written-file.ts";

const { values: options } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    root: { type: "string", default: join(import.meta.dirname, "..") },
  },
});

const root = resolve(options.root);
const changes = await differing(root, await derivedFiles());
if (options.check) reportDifferences();
else await writeAll();

async function derivedFiles(): Promise<readonly DerivedFile[]> {
  const actions = await findActions(root);
  const ofActions = await Promise.all(actions.map(filesOfAction));
  return [
    ...ofActions.flat(),
    suiteFile(actions),
    ...(await rootReadmeFile(actions)),
    ...(await schemaFiles(root)),
    ...(await bindingIntegrityFile(root)),
  ];
}

async function filesOfAction({ definition }: FoundAction): Promise<readonly DerivedFile[]> {
  const readme = `actions/${definition.name}/README.md`;
  const current = await readIfPresent(join(root, readme));
  return [
    { path: `actions/${definition.name}/action.yml`, text: actionYaml(definition) },
    { path: readme, text: actionReadme(definition, current) },
  ];
}

async function rootReadmeFile(actions: readonly FoundAction[]): Promise<readonly DerivedFile[]> {
  const current = await readIfPresent(join(root, "README.md"));
  const definitions = actions.map(({ definition }) => definition);
  const text = current === undefined ? undefined : rootReadme(definitions, current);
  return text === undefined ? [] : [{ path: "README.md", text }];
}

function reportDifferences(): void {
  for (const { path } of changes) console.error(`${path} differs from what it is derived from.`);
  if (changes.length === 0) return;
  console.error('Run "npm run generate" and commit the result.');
  process.exitCode = 1;
}

async function writeAll(): Promise<void> {
  for (const file of changes) {
    await write(root, file);
    console.log(`wrote ${file.path}`);
  }
}
