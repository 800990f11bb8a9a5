import type { Digest } from "../../digest.ts";
import type { LineFiles, LineWriter } from "../../ports/line-files.ts";
import type { Collected } from "./collector.ts";
import { columnScan } from "./columns.ts";
import type { DatasetColumn } from "./dataset-record.ts";
import { csvHeader, csvLine, readJsonLine, type TableFormat } from "./table-lines.ts";

export const SNAPSHOT_FILE = "snapshot";

/** Of the bytes that were written. */
export interface MeasuredLines {
  readonly size: number;
  readonly digest: Digest;
}

export interface WrittenSnapshot extends MeasuredLines {
  readonly columns: readonly DatasetColumn[];
}

export const rowFile = (partition: number): string => `rows-${partition}.jsonl`;

/**
 * Writes the rows that stand, by partition and offset, so that equal messages give equal bytes however they arrived.
 * Two passes over the scratch files: the columns are known only when all rows are.
 */
export async function writeSnapshot(
  scratch: LineFiles,
  collected: Collected,
  format: TableFormat,
): Promise<WrittenSnapshot> {
  const scan = columnScan();
  for await (const line of standing(scratch, collected)) scan.add(readJsonLine(line));
  const columns = scan.columns();
  const names = columns.map(({ name }) => name);
  const print = format === "csv" ? (line: string) => csvLine(readJsonLine(line), names) : (line: string) => line;
  const writer = await scratch.open(SNAPSHOT_FILE);
  const header = format === "csv" && names.length > 0 ? [csvHeader(names)] : [];
  return { ...(await fill(writer, header, mapped(standing(scratch, collected), print))), columns };
}

async function fill(writer: LineWriter, header: readonly string[], lines: AsyncIterable<string>) {
  try {
    for (const line of header) await writer.write(line);
    for await (const line of lines) await writer.write(line);
  } catch (error) {
    await writer.close().catch(() => undefined);
    throw error;
  }
  return writer.close();
}

async function* mapped(lines: AsyncIterable<string>, change: (line: string) => string): AsyncIterable<string> {
  for await (const line of lines) yield change(line);
}

async function* standing(scratch: LineFiles, collected: Collected): AsyncIterable<string> {
  for (const partition of collected.partitions) {
    let number = 0;
    for await (const line of scratch.lines(rowFile(partition))) {
      if (collected.stands(partition, number)) yield line;
      number += 1;
    }
  }
}
