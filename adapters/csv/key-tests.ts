import type { ColumnType, ForeignKeys, KeyCheck } from "#core/data/check";
import { UserError } from "#core/errors";
import { didYouMean } from "#core/suggest";
import { findTypes } from "./find-types.ts";
import { type KeyBudget, KeySet } from "./key-set.ts";
import { readAgain } from "./read-table.ts";
import { type Identity, identityOf, keyText } from "./row-key.ts";
import type { TableFile } from "./table-file.ts";

/** Whether a row's parts hold; parts are in the order of the check's columns, or of the header for whole rows. */
export type KeyTest = (parts: readonly string[]) => "holds" | "broken" | "skipped";

export interface KeyScene {
  /** The file that is checked. */
  readonly file: TableFile;
  readonly columns: readonly string[];
  /** Known when a check compares values with each other. */
  readonly types: ReadonlyMap<string, ColumnType>;
  readonly budget: KeyBudget;
}

export async function keyTest(check: KeyCheck, scene: KeyScene): Promise<KeyTest> {
  switch (check.kind) {
    case "unique":
      return uniqueTest(new KeySet(scene.budget));
    case "distinct-rows":
      return distinctTest(
        new KeySet(scene.budget),
        scene.columns.map((name) => identityOf([scene.types.get(name)])),
      );
    case "exists-in":
      return existsTest(check, scene);
    default:
      return check satisfies never;
  }
}

/** Keys with a missing part are never equal, as in SQL: that part breaks `present`, not `unique`. */
function uniqueTest(keys: KeySet): KeyTest {
  return (parts) => (parts.includes("") || keys.add(keyText(parts)) ? "holds" : "broken");
}

function distinctTest(keys: KeySet, identities: readonly Identity[]): KeyTest {
  return (parts) => (keys.add(keyText(identified(parts, identities))) ? "holds" : "broken");
}

type ExistsIn = Extract<KeyCheck, { kind: "exists-in" }>;

async function existsTest({ columns, other }: ExistsIn, { file, types, budget }: KeyScene): Promise<KeyTest> {
  const otherFile = { ...file, path: other.path };
  const table = await findTypes(otherFile);
  const places = placesOf(other, table.columns);
  const identities = other.columns.map((name, at) => identityOf([table.types.get(name), types.get(columns[at] ?? "")]));
  const keys = new KeySet(budget);
  const row = (values: readonly string[]) => {
    const parts = places.map((place) => values[place] ?? "");
    if (!parts.includes("")) keys.add(keyText(identified(parts, identities)));
  };
  await readAgain(otherFile, table, [{ header: () => undefined, row }]);
  return (parts) => {
    if (parts.includes("")) return "skipped";
    return keys.has(keyText(identified(parts, identities))) ? "holds" : "broken";
  };
}

function placesOf({ path, columns }: ForeignKeys, header: readonly string[]): readonly number[] {
  return columns.map((name) => placeOf(name, header, path));
}

/** @throws UserError COLUMN_MISSING */
export function placeOf(name: string, header: readonly string[], path: string): number {
  const place = header.indexOf(name);
  if (place >= 0) return place;
  const hint = didYouMean(name, header) || `It has: ${header.slice(0, 30).join(", ").slice(0, 500)}.`;
  throw new UserError("COLUMN_MISSING", `${path} has no column ${JSON.stringify(name.slice(0, 80))}.`, hint);
}

export function identified(parts: readonly string[], identities: readonly Identity[]): readonly string[] {
  return parts.map((part, at) => identities[at]?.(part) ?? part);
}
