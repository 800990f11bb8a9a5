import { digestOfJson } from "../../digest.ts";
import { UserError } from "../../errors.ts";
import { parseAs } from "../../parse-as.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Offsets, StreamLimit } from "../../ports/event-stream.ts";
import type { Files } from "../../ports/files.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { Collected } from "./collector.ts";
import { DATASET_RECORD_VERSION, DatasetRecord } from "./dataset-record.ts";
import type { Identity } from "./identity.ts";
import { type ReadPorts, readMessages } from "./read-messages.ts";
import type { TableFormat } from "./table-lines.ts";
import { rowFile, SNAPSHOT_FILE, type WrittenSnapshot, writeSnapshot } from "./write-snapshot.ts";

export interface CollectPorts extends ReadPorts {
  /** Where dataset records lie; usually the repository. */
  readonly records: Files;
  readonly store: ObjectStore;
  readonly now: Clock;
}

export interface CollectRequest {
  readonly name: string;
  readonly topic: string;
  readonly format: TableFormat;
  readonly identity: Identity;
  readonly limit: StreamLimit;
  /** The dataset's record: read for where to go on, replaced at the end. */
  readonly recordPath: string;
}

export type CollectOutcome = {
  /** Why the broker could not be told; undefined when it was. Nothing is lost by it: the record is the truth. */
  readonly commitProblem: string | undefined;
} & (
  | { readonly kind: "collected"; readonly record: DatasetRecord }
  /** No message since the last run; the record stays as it is. */
  | { readonly kind: "unchanged"; readonly record: DatasetRecord | undefined }
);

/**
 * Collects what came since the last record into an immutable snapshot. The order makes any crash harmless: first the
 * snapshot under its digest, then the record, then the broker is told. A crash before the record leaves at most an
 * object nothing points to, and the next run reads the same messages; one after it leaves only the broker behind.
 * @throws UserError RECORD_MALFORMED, DATASET_MISMATCH, DATASET_MOVED and those of the ports
 */
export async function collectSnapshot(ports: CollectPorts, request: CollectRequest): Promise<CollectOutcome> {
  const previous = await readPrevious(ports.records, request);
  const from = previous?.source.kind === "kafka" ? previous.source.offsets : {};
  const { offsets, collected } = await readMessages(ports, { ...request, from });
  try {
    if (collected.messages === 0 && (previous === undefined || isSame(from, offsets))) {
      return { kind: "unchanged", record: previous, commitProblem: await tell(ports, offsets) };
    }
    const written = await writeSnapshot(ports.scratch, collected, request.format);
    const record = recordOf({ request, previous, offsets, collected, written, now: ports.now() });
    await ports.store.put(record.digest, ports.scratch.locate(SNAPSHOT_FILE));
    await writeRecord(ports.records, request, { previous, record });
    return { kind: "collected", record, commitProblem: await tell(ports, offsets) };
  } finally {
    for (const partition of collected.partitions) await ports.scratch.remove(rowFile(partition));
    await ports.scratch.remove(SNAPSHOT_FILE);
  }
}

async function readPrevious(records: Files, request: CollectRequest): Promise<DatasetRecord | undefined> {
  const path = request.recordPath;
  if (!(await records.exists(path))) return undefined;
  const hint = "Restore the record from git, or remove it to collect the topic from its beginning.";
  const record = parseAs(DatasetRecord, jsonOf(await records.readText(path), path, hint), {
    source: path,
    code: "RECORD_MALFORMED",
    hint,
  });
  if (record.name === request.name && record.source.kind === "kafka" && record.source.topic === request.topic) {
    return record;
  }
  const source = record.source.kind === "kafka" ? `the topic "${record.source.topic}"` : record.source.kind;
  throw new UserError(
    "DATASET_MISMATCH",
    `${path} is about the dataset "${record.name}" from ${source}, not "${request.name}" from the topic "${request.topic}".`,
    "Give the new dataset a record of its own.",
  );
}

function jsonOf(text: string, path: string, hint: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError("RECORD_MALFORMED", `${path} is not JSON.`, hint, { cause: error });
  }
}

interface Parts {
  readonly request: CollectRequest;
  readonly previous: DatasetRecord | undefined;
  readonly offsets: Offsets;
  readonly collected: Collected;
  readonly written: WrittenSnapshot;
  readonly now: Date;
}

function recordOf({ request, previous, offsets, collected, written, now }: Parts): DatasetRecord {
  const { timeRange } = collected;
  return DatasetRecord.parse({
    version: DATASET_RECORD_VERSION,
    name: request.name,
    digest: written.digest,
    format: request.format,
    rows: collected.rows,
    bytes: written.size,
    columns: written.columns,
    schemaHash: digestOfJson(written.columns),
    source: { kind: "kafka", topic: request.topic, offsets },
    timeRange: timeRange ? { from: timeRange.from.toISOString(), to: timeRange.to.toISOString() } : null,
    parent: previous?.digest ?? null,
    messages: collected.messages,
    poison: collected.poison,
    duplicates: collected.duplicates,
    tombstones: collected.tombstones,
    collectedAt: now.toISOString(),
  });
}

interface Change {
  readonly previous: DatasetRecord | undefined;
  readonly record: DatasetRecord;
}

/** Refuses when another run wrote a record meanwhile: both read the same messages, and only one may count them. */
async function writeRecord(records: Files, request: CollectRequest, { previous, record }: Change): Promise<void> {
  const current = await readPrevious(records, request);
  if (JSON.stringify(current) !== JSON.stringify(previous)) {
    throw new UserError(
      "DATASET_MOVED",
      `${request.recordPath} changed while this run was collecting.`,
      "Another run collects the same dataset; let one finish before the next starts.",
    );
  }
  await records.write(request.recordPath, `${JSON.stringify(record, null, 2)}\n`);
}

/** The broker's copy of the offsets is for its own monitoring; a failure is told, not thrown. */
async function tell({ stream }: CollectPorts, offsets: Offsets): Promise<string | undefined> {
  try {
    await stream.commit(offsets);
    return undefined;
  } catch (error) {
    return error instanceof UserError ? error.problem : String(error);
  }
}

function isSame(a: Offsets, b: Offsets): boolean {
  const partitions = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...partitions].every((partition) => a[partition] === b[partition]);
}
