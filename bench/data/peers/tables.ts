import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableSql } from "../table.ts";

export type Format = "parquet" | "csv";

const REFERENCE_ROWS = 100_000;
const PLANTED_ROWS = 5_000;

/** What the planted table breaks, each by one row; and its columns that drifted from the clean table's. */
export const PLANTED = {
  broken: [
    "type visits",
    "type weight",
    "type seen_at",
    "type active",
    "present region",
    "unique id",
    "between amount",
    "between score",
    "between latitude",
    "between longitude",
    "between age",
    "one-of region",
    "one-of plan",
    "one-of label",
    "pattern token",
    "pattern product",
    "length comment",
    "date-between joined",
  ],
  drifted: ["temperature", "plan"],
} as const;

export interface Tables {
  readonly data: string;
  /** About 100,000 rows of `data`, evenly from all of it, so that nothing drifts; half of a smaller table. */
  readonly reference: string;
  readonly planted: string;
  readonly plantedReference: string;
}

export async function writeTables(folder: string, rows: number, format: Format): Promise<Tables> {
  const path = (name: string) => join(folder, `${name}.${format}`);
  const tables = {
    data: path(`${rows}`),
    reference: path(`${rows}-reference`),
    planted: path("planted"),
    plantedReference: path("planted-reference"),
  };
  await write(tables.data, tableSql(rows));
  await write(tables.reference, sampleSql(rows));
  await write(tables.planted, plantedSql());
  await write(tables.plantedReference, sampleSql(PLANTED_ROWS));
  return tables;
}

function sampleSql(rows: number): string {
  return `SELECT * FROM (${tableSql(rows)}) WHERE hash(id + 99) % ${Math.max(2, Math.round(rows / REFERENCE_ROWS))} = 0`;
}

function plantedSql(): string {
  const inRow = (row: number, value: string, otherwise: string) =>
    `CASE id WHEN ${row} THEN ${value} ELSE ${otherwise} END`;
  const faults = {
    visits: inRow(4021, "'many'", "visits::VARCHAR"),
    weight: inRow(4022, "'heavy'", "weight::VARCHAR"),
    seen_at: inRow(4023, "'yesterday'", "seen_at"),
    active: inRow(4024, "'maybe'", "active"),
    id: inRow(4031, "4030", "id"),
    amount: inRow(4032, "900.01", "amount"),
    score: inRow(4033, "-0.000001", "score"),
    latitude: inRow(4034, "90.00001", "latitude"),
    longitude: inRow(4035, "-180.00001", "longitude"),
    age: inRow(4036, "17", "age"),
    region: inRow(4041, "NULL", inRow(4042, "'centre'", "region")),
    plan: inRow(4043, "'gold'", "CASE WHEN id % 3 < 2 THEN 'pro' ELSE plan END"),
    label: inRow(4044, "2", "label"),
    token: inRow(4051, "'G' || substr(token, 2)", "token"),
    product: inRow(4052, "'AB-12345'", "product"),
    comment: inRow(4053, "repeat('x', 61)", "comment"),
    joined: inRow(4054, "'2030-01-02'", "joined"),
    temperature: "temperature + 20",
  };
  const columns = Object.entries(faults).map(([column, value]) => `${value} AS ${column}`);
  return `SELECT * REPLACE (${columns.join(", ")}) FROM (${tableSql(PLANTED_ROWS)})`;
}

async function write(path: string, sql: string): Promise<void> {
  const form = path.endsWith(".csv") ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd";
  const connection = await (await DuckDBInstance.create(":memory:", { memory_limit: "2GB" })).connect();
  await connection.run(`COPY (${sql}) TO '${path}' (${form})`);
  connection.closeSync();
}
