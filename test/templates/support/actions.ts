import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "#kit/project";

export const ROOT = join(import.meta.dirname, "../../..");
export const OURS = `${project.repository}/actions/`;

/** Our action.yml files by name. */
export const actionFiles: ReadonlyMap<string, string> = new Map(
  readdirSync(join(ROOT, "actions"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, "actions", entry.name, "action.yml")))
    .map(({ name }) => [name, readFileSync(join(ROOT, "actions", name, "action.yml"), "utf8")]),
);

/** Actions of others that templates may use: the reviewed commit, its version, and the inputs we give. */
const FOREIGN = new Map([
  ["actions/checkout", { pin: "de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2", inputs: ["persist-credentials"] }],
  ["actions/setup-node", { pin: "48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e # v6.4.0", inputs: ["node-version"] }],
]);

export const reviewedPins: readonly string[] = [...FOREIGN].map(([name, { pin }]) => `${name}@${pin}`);

/** The metadata of an action, as the language service asks for it. */
export function knownMetadata(action: string): string | undefined {
  const foreign = FOREIGN.get(action);
  if (foreign === undefined) return action.startsWith(OURS) ? actionFiles.get(action.slice(OURS.length)) : undefined;
  return JSON.stringify({ name: action, inputs: Object.fromEntries(foreign.inputs.map((input) => [input, {}])) });
}
