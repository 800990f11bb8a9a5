import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { temporaryFolder } from "#test/support/temporary-folder";

export async function stored(content: string | Uint8Array, name = "data.csv"): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

/** A Parquet file of what a statement gives. */
export async function parquet(select: string, name = "data.parquet"): Promise<string> {
  const path = join(await temporaryFolder(), name);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  return path;
}
