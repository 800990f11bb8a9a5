import { z } from "zod";
import { ColumnTypes, ContractJob, contractJob, DIALECTS } from "#core/data/contract-sql/contract-job";
import { judgeCounts } from "#core/data/contract-sql/judge-counts";
import { bySeverity } from "#core/data/finding";
import { readContract, refusePatterns } from "#core/data/read-contract";
import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import { parseAs } from "#core/parse-as";
import type { Clock } from "#core/ports/clock";
import type { Documents } from "#core/ports/documents";
import type { GivenFiles } from "#core/ports/given-files";
import type { Log } from "#core/ports/log";
import { findingsSection } from "#core/report/findings-section";
import { defineAction } from "#kit/define-action";
import { choice, optionalText, path } from "#kit/input-types";
import { workingDirectoryInput } from "#kit/shared-inputs";

export interface ContractSqlDeps {
  readonly given: GivenFiles;
  readonly documents: Documents;
  readonly clock: Clock;
  /** Throws a UserError for a pattern that the engines cannot run. */
  readonly refusePattern: (pattern: string) => void;
}

const inputs = {
  contract: path().meta({ description: "Data contract (ODCS v3.1)." }),
  dialect: choice(DIALECTS).prefault("spark").meta({ description: "The engine that will run the statements." }),
  table: optionalText().meta({ description: "The table's name there, such as lake.strikes." }),
  columns: path()
    .optional()
    .meta({ description: 'The table\'s columns as JSON: [["id", "bigint"], …], which is PySpark\'s dtypes.' }),
  counts: path().optional().meta({
    description: "The printed document with the rows of its statements, to be judged; replaces table and columns.",
  }),
  "working-directory": workingDirectoryInput(),
};

const outputs = {
  verdict: z
    .enum(["pass", "fail"])
    .optional()
    .meta({ description: "pass when no finding is an error; with counts only." }),
  findings: z.number().optional().meta({ description: "Number of findings of any severity; with counts only." }),
  statements: z.number().meta({ description: "Number of statements." }),
};

export const contractSql = defineAction({
  name: "contract-sql",
  title: "Contract as SQL",
  description:
    "Prints the SQL that checks a contract inside another engine, such as Spark, and judges what it counted.",
  icon: "database",
  color: "blue",
  inputs,
  outputs,
  run: (given, deps: ContractSqlDeps, { log }) =>
    given.counts === undefined ? print(given, deps) : judge(given.contract, given.counts, { deps, log }),
});

interface Subject {
  readonly contract: string;
  readonly dialect: ContractJob["dialect"];
  readonly table?: string | undefined;
  readonly columns?: string | undefined;
}

async function print({ contract, dialect, table, columns: place }: Subject, deps: ContractSqlDeps) {
  if (table === undefined || place === undefined) throw missing(table === undefined ? "table" : "columns");
  const { value } = await contractAt(contract, deps);
  const columns = await parsed(place, { schema: ColumnTypes, hint: COLUMNS_HINT }, deps);
  const document = contractJob(value, { dialect, table, columns, asOf: deps.clock().toISOString() });
  return { outputs: { statements: document.statements.length }, document };
}

interface Judging {
  readonly deps: ContractSqlDeps;
  readonly log: Log;
}

async function judge(place: string, counts: string, { deps, log }: Judging) {
  const contract = await contractAt(place, deps);
  const job = await parsed(counts, { schema: ContractJob, hint: COUNTS_HINT }, deps);
  const { rows, found } = judgeCounts(contract.value, job);
  const findings = bySeverity(found.map(({ finding }) => finding));
  for (const { severity, sentence, nextStep } of findings)
    log[severity === "note" ? "info" : severity](`${sentence} ${nextStep}`, { file: place });
  const verdict: "pass" | "fail" = findings.some(({ severity }) => severity === "error") ? "fail" : "pass";
  const { table, digest, asOf, statements } = job;
  const head = { format: "tidemark/contract-counts", version: 1, verdict, contract: contract.described } as const;
  return {
    verdict,
    outputs: { verdict, findings: findings.length, statements: statements.length },
    summary: findingsSection(findings, "in the printed document"),
    document: { ...head, table, rows, findings, statements: digest, checkedAt: asOf },
  };
}

const COLUMNS_HINT = "Write PySpark's dtypes with json.dump.";
const COUNTS_HINT = "Give the document that contract-sql printed, with the key rows added.";

async function contractAt(place: string, { given, documents, refusePattern }: ContractSqlDeps) {
  const text = await given.readText(place);
  const value = readContract(text, documents, place);
  refusePatterns(value, { source: place, locate: documents.locate(text), refusePattern });
  return { value, described: { path: place, id: value.id, version: value.version, digest: digestOf(text) } };
}

const MAX_BYTES = 64 * 1024 * 1024;

async function parsed<Schema extends z.ZodType>(
  place: string,
  { schema, hint }: { readonly schema: Schema; readonly hint: string },
  { given, documents }: ContractSqlDeps,
): Promise<z.output<Schema>> {
  const value = documents.parse(
    await given.readText(place, MAX_BYTES),
    `${place.replace(/\.json$/i, "")}.json`,
    MAX_BYTES,
  );
  return parseAs(schema, value, { source: place, code: "INPUT_INVALID", hint });
}

function missing(input: "table" | "columns"): UserError {
  const hint = `Give the inputs "table" and "columns", or "counts".`;
  return new UserError("INPUT_MISSING", `Nothing to compile for: "${input}" is not given.`, hint);
}
