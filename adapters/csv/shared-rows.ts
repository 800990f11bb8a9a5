import type { SharedRows } from "#core/ports/data-engine";
import { findTypes } from "./find-types.ts";
import { KeyBudget, KeySet } from "./key-set.ts";
import { identified, placeOf } from "./key-tests.ts";
import { readAgain, type TableReader } from "./read-table.ts";
import { identityOf, keyText } from "./row-key.ts";
import type { TableFile } from "./table-file.ts";

export interface Sides {
  readonly left: TableFile;
  readonly right: TableFile;
}

export async function sharedRows({ left, right }: Sides, names: readonly string[] | undefined): Promise<SharedRows> {
  const [leftTable, rightTable] = [await findTypes(left), await findTypes(right)];
  const columns = names ?? leftTable.columns.filter((name) => rightTable.types.has(name));
  const identities = columns.map((name) => identityOf([leftTable.types.get(name), rightTable.types.get(name)]));
  const rowReader = (file: TableFile, header: readonly string[], take: (key: string, line: number) => void) => {
    const places = columns.map((name) => placeOf(name, header, file.path));
    const row: TableReader["row"] = (values, line) =>
      take(
        keyText(
          identified(
            places.map((place) => values[place] ?? ""),
            identities,
          ),
        ),
        line,
      );
    return { header: () => undefined, row };
  };
  const keys = new KeySet(new KeyBudget());
  const known = rowReader(left, leftTable.columns, (key) => keys.add(key));
  let shared = 0;
  let firstLine: number | undefined;
  const found = rowReader(right, rightTable.columns, (key, line) => {
    if (!keys.has(key)) return;
    shared += 1;
    firstLine ??= line;
  });
  if (columns.length > 0) {
    await readAgain(left, leftTable, [known]);
    await readAgain(right, rightTable, [found]);
  }
  return { columns, rows: rightTable.rows, shared, firstLine };
}
