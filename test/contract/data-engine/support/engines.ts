import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import type { DataEngine, SurveyEngine } from "#core/ports/data-engine";
import { temporaryFolder } from "#test/support/temporary-folder";

export type Engine = DataEngine & SurveyEngine;

export const csv: Engine = csvDataEngine();
export const duckDb: Engine = duckDbDataEngine({ threads: 2, timeoutSeconds: 100 });

export const engines: readonly (readonly [name: string, engine: Engine])[] = [
  ["csv", csv],
  ["duckdb", duckDb],
];

/** Random cases per property. */
export const RUNS = Number(process.env["TIDEMARK_RUNS"] ?? 25);

export async function stored(content: string | Uint8Array, name = "data.csv"): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}
