import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type DescribedAction, isActionDefinition } from "#kit/define-action";

export interface FoundAction {
  readonly definition: DescribedAction;
  /** The name under which action.ts exports it: the action's name in camelCase. */
  readonly exportName: string;
}

/** Every actions/<name>/action.ts, by name. Throws when one exports no definition, two, or one of another name. */
export async function findActions(root: string): Promise<readonly FoundAction[]> {
  const folder = join(root, "actions");
  const entries = await readdir(folder).catch(() => []);
  const names = entries.filter((name) => existsSync(join(folder, name, "action.ts"))).sort();
  return Promise.all(names.map((name) => loadAction(folder, name)));
}

async function loadAction(folder: string, name: string): Promise<FoundAction> {
  const module: Record<string, unknown> = await import(pathToFileURL(join(folder, name, "action.ts")).href);
  const found = Object.entries(module).filter((entry): entry is [string, DescribedAction] =>
    isActionDefinition(entry[1]),
  );
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`actions/${name}/action.ts exports ${found.length} action definitions; it must export one.`);
  }
  const [exportName, definition] = first;
  if (definition.name !== name || exportName !== camelCase(name)) {
    throw new Error(
      `actions/${name}/action.ts must export ${camelCase(name)} with name "${name}", not ${exportName} with name "${definition.name}".`,
    );
  }
  return { definition, exportName };
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
