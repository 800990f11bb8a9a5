import { z } from "zod";
import { Digest, digestOf } from "../../digest.ts";
import { UserError } from "../../errors.ts";
import { type Contract, objectOf } from "../contract.ts";
import { checksOf, requirementsOf } from "../requirements-of.ts";
import type { SqlDialect } from "../sql/dialect.ts";
import { duckDbDialect } from "../sql/duckdb-dialect.ts";
import { sparkDialect } from "../sql/spark-dialect.ts";
import { type NamedTable, tableRelation } from "../sql/table-relation.ts";
import { type CountedTable, type CountStatements, countStatements } from "./count-statements.ts";

export const DIALECTS = ["spark", "duckdb"] as const;

/** Name and type of each column, as PySpark's `dtypes` gives them. */
export const ColumnTypes = z
  .array(z.tuple([z.string().min(1), z.string().min(1)], "expected a pair of a name and a type"))
  .min(1, "expected at least one column")
  .max(5_000);

const CountRow = z.array(z.number().int().min(0).nullable()).max(10_000);

/** The statements that check a contract in another engine; the same document comes back with their rows. */
export const ContractJob = z.strictObject({
  format: z.literal("tidemark/contract-sql"),
  version: z.literal(1),
  dialect: z.enum(DIALECTS),
  table: z.string().min(1).max(1_000),
  columns: ColumnTypes,
  /** Ages of rows are counted from here. */
  asOf: z.iso.datetime(),
  /** What the engine's session must be set to. */
  settings: z.record(z.string(), z.string()),
  /** Of the statements. */
  digest: Digest,
  statements: z.array(z.strictObject({ name: z.string(), sql: z.string(), columns: z.array(z.string()) })),
  /** One per statement, in order: what the engine gave. */
  rows: z.array(CountRow).optional(),
});
export type ContractJob = z.output<typeof ContractJob>;

export type JobSubject = Pick<ContractJob, "dialect" | "table" | "columns" | "asOf">;

const SPARK_SETTINGS = {
  "spark.sql.caseSensitive": "true",
  "spark.sql.parser.escapedStringLiterals": "false",
};

/** @throws UserError COLUMN_REFUSED, CHECK_REFUSED for what the dialect cannot say with the same meaning */
export function contractJob(contract: Contract, subject: JobSubject): ContractJob {
  const { statements } = compile(contract, subject);
  return {
    format: "tidemark/contract-sql",
    version: 1,
    ...subject,
    settings: subject.dialect === "spark" ? SPARK_SETTINGS : {},
    digest: digestOf(JSON.stringify(statements)),
    statements: statements.map(({ name, sql, columns }) => ({ name, sql, columns: [...columns] })),
  };
}

/** @throws UserError COUNTS_STALE when the statements are not those of the contract, COUNTS_INCOMPLETE */
export function readCounts(contract: Contract, job: ContractJob): CountedTable {
  const { statements, read } = compile(contract, job);
  const again = "Print the statements again and run them.";
  if (digestOf(JSON.stringify(statements)) !== job.digest)
    throw new UserError("COUNTS_STALE", "The counts were made with statements of another contract or table.", again);
  const rows = job.rows ?? [];
  const bad = statements.find(({ columns }, at) => rows[at]?.length !== columns.length);
  if (bad !== undefined || rows.length !== statements.length) {
    const where =
      bad === undefined
        ? "There are more rows than statements"
        : `The statement "${bad.name}" has no row of ${bad.columns.length} numbers`;
    throw new UserError("COUNTS_INCOMPLETE", `${where}.`, "Give for each statement, in order, the one row it gave.");
  }
  return read(rows);
}

function compile(contract: Contract, { dialect, table, columns, asOf }: JobSubject): CountStatements {
  const sql: SqlDialect = dialect === "spark" ? sparkDialect : duckDbDialect;
  const named = { name: table, columns: columns.map(([name, type]) => ({ name, type })) };
  const checks = checksOf(requirementsOf(contract, { now: new Date(asOf), related: new Map() }));
  if (checks.some(({ kind }) => kind === "distinct-rows")) refuseNumbersAsText(contract, named);
  return countStatements(checks, tableRelation(named, sql), sql);
}

/** Repeated rows are compared by value; whether every text of a column states a number is known after reading only. */
function refuseNumbersAsText(contract: Contract, { columns }: NamedTable): void {
  const typeOf = new Map(objectOf(contract).properties.map(({ name, logicalType }) => [name, logicalType]));
  const isText = (type: string) => /^(?:string|(?:var)?char|text)/i.test(type);
  const isNumber = (name: string) => ["integer", "number"].includes(typeOf.get(name) ?? "");
  const bad = columns.find(({ name, type }) => isText(type) && isNumber(name));
  if (bad === undefined) return;
  throw new UserError(
    "CHECK_REFUSED",
    `The contract allows no repeated row, and the numbers of column "${bad.name.slice(0, 100)}" are stored as text.`,
    "Make a view that casts the column to a number.",
  );
}
