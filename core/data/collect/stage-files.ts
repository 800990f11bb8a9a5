import { UserError } from "../../errors.ts";
import type { DataEngine } from "../../ports/data-engine.ts";
import type { FileSource } from "../../ports/file-source.ts";
import type { Files } from "../../ports/files.ts";
import type { TableGuard } from "../../ports/table-guard.ts";
import { MAX_COLUMN_NAME, MAX_FILES, type SnapshotFile } from "./dataset-record.ts";
import { partitionColumns, snapshotPaths } from "./snapshot-files.ts";
import { type FileFormat, type NamedTable, suffixOf, tableForm } from "./table-form.ts";

export interface StagePorts {
  readonly source: FileSource;
  /** A scratch folder; whoever made it removes it. */
  readonly staging: Files;
  readonly guard: TableGuard;
  readonly engine: DataEngine;
}

export interface StageRequest {
  /** Where a file's name does not say. */
  readonly format: FileFormat | undefined;
  /** Of all files together, as they are stored; and of their text. */
  readonly maxBytes: number;
}

export interface StagedFile extends SnapshotFile {
  /** What the source calls it. */
  readonly name: string;
  /** Where its copy lies on this machine. */
  readonly file: string;
}

export interface Staged {
  /** Sorted by path. */
  readonly files: readonly StagedFile[];
  readonly format: FileFormat;
  readonly rows: number;
  readonly bytes: number;
  readonly columns: readonly string[];
}

interface Plan extends NamedTable {
  readonly name: string;
  /** Where the copy goes. A name of ours: an engine may take the source's for a pattern or a partition. */
  readonly copy: string;
}

/**
 * Copies every file of the source once, looks at what was copied, and counts rows and columns over the copies: nothing
 * later reads the source again. @throws UserError of the ports; FORMAT_MISMATCH, COLUMNS_DIFFER, TOO_LARGE
 */
export async function stageFiles(ports: StagePorts, request: StageRequest): Promise<Staged> {
  const plans = planOf(await ports.source.list(), request.format);
  const files: StagedFile[] = [];
  const tables: Table[] = [];
  let maxBytes = request.maxBytes;
  for (const plan of plans) {
    const { staged, table, bytes } = await stageFile(ports, plan, maxBytes);
    maxBytes -= bytes;
    files.push(staged);
    tables.push(table);
  }
  return {
    files,
    format: plans[0]?.format ?? "csv",
    rows: sum(tables, ({ rows }) => rows),
    bytes: sum(files, ({ size }) => size),
    columns: sharedColumns(tables),
  };
}

function planOf(names: readonly string[], format: FileFormat | undefined): readonly Plan[] {
  if (names.length > MAX_FILES) {
    const problem = `The source has ${names.length} files; a dataset has at most ${MAX_FILES}.`;
    throw new UserError("TOO_LARGE", problem, "Join them into fewer, larger files, or collect part of them.");
  }
  const paths = snapshotPaths(names);
  const plans = names.map((name, at) => {
    const form = tableForm(paths[at] ?? "", format);
    return { name, ...form, copy: `files/${at}${suffixOf(form)}` };
  });
  const [first] = plans;
  const other = plans.find((plan) => plan.format !== first?.format);
  if (first !== undefined && other !== undefined) {
    const problem = `"${first.path}" is ${first.format} and "${other.path}" is ${other.format}.`;
    throw new UserError(
      "FORMAT_MISMATCH",
      problem,
      "A dataset has files of one format; name those of the other apart.",
    );
  }
  return plans.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Table {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

async function stageFile(ports: StagePorts, plan: Plan, maxBytes: number) {
  const { source, staging, guard, engine } = ports;
  const { name, path, format, compression } = plan;
  const file = staging.locate(plan.copy);
  const { size, digest } = await source.copy(name, file, maxBytes);
  const unpacked = await guard.check({ file, name, format, compression, maxBytes });
  const measured = await engine.measure(file, []).catch((error: unknown) => Promise.reject(renamed(error, file, name)));
  if (measured.digest !== digest) {
    throw new UserError("SOURCE_CHANGED", `The copy of "${name}" changed while it was counted.`, "Run again.");
  }
  const staged: StagedFile = { name, path, file, size, digest };
  const table: Table = { path, rows: measured.rows, columns: checkedColumns(path, measured.columns) };
  return { staged, table, bytes: Math.max(size, unpacked) };
}

/** The engine knows the copy; people know the source. */
function renamed(error: unknown, file: string, name: string): unknown {
  if (!(error instanceof UserError) || !error.problem.includes(file)) return error;
  return new UserError(error.code, error.problem.replaceAll(file, name), error.hint, { cause: error });
}

function checkedColumns(path: string, columns: readonly string[]): readonly string[] {
  if (columns.some((name) => name === "" || name.length > MAX_COLUMN_NAME)) {
    const problem = `"${path}" has a column whose name is empty or longer than ${MAX_COLUMN_NAME} characters.`;
    throw new UserError("DATA_MALFORMED", problem, "Check that its first line is the header.");
  }
  return [...columns, ...partitionColumns(path).filter((key) => !columns.includes(key))];
}

/** @throws UserError COLUMNS_DIFFER: rows of different columns are not one table */
function sharedColumns(tables: readonly Table[]): readonly string[] {
  const [first] = tables;
  const wanted = JSON.stringify(first?.columns);
  const other = tables.find(({ columns }) => JSON.stringify(columns) !== wanted);
  if (first === undefined || other === undefined) return first?.columns ?? [];
  const extra = other.columns.find((name) => !first.columns.includes(name));
  const missing = first.columns.find((name) => !other.columns.includes(name));
  const how =
    extra !== undefined
      ? `has also ${JSON.stringify(extra)}`
      : missing !== undefined
        ? `lacks ${JSON.stringify(missing)}`
        : "has them in another order";
  throw new UserError(
    "COLUMNS_DIFFER",
    `"${other.path}" has other columns than "${first.path}": it ${how}.`,
    "All files of a dataset have the same columns in the same order; collect the others apart.",
  );
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
