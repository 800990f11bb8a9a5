import { UserError } from "../../errors.ts";
import { isCsv } from "./is-csv.ts";
import { type Engines, preferring } from "./preferring.ts";
import { choosing, type TableEngine } from "./table-engine.ts";

export const ENGINE_CHOICES = ["auto", "duckdb", "csv"] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** The engine that the input names, or for `auto` the one that suits each file. */
export function chooseEngine(choice: EngineChoice, engines: Engines): TableEngine {
  switch (choice) {
    case "auto":
      return preferring(engines);
    case "duckdb":
      return engines.duckDb;
    case "csv":
      return onlyCsv(engines.csv);
    default:
      return choice satisfies never;
  }
}

function onlyCsv(csv: TableEngine): TableEngine {
  return choosing(async (paths, ask) => {
    const other = paths.find((path) => !isCsv(path));
    if (other === undefined) return ask(csv);
    const problem = `The reader for CSV cannot read ${other}.`;
    throw new UserError("ENGINE_LACKS", problem, 'Give the input "engine" the value "auto" or "duckdb".');
  });
}
