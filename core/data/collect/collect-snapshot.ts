import { digestOfJson } from "../../digest.ts";
import { UserError } from "../../errors.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Offsets, StreamLimit } from "../../ports/event-stream.ts";
import type { Files } from "../../ports/files.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { Collected } from "./collector.ts";
import { DATASET_RECORD_VERSION, DatasetRecord, type DeadLetters } from "./dataset-record.ts";
import { DEAD_LETTER_FILE, type DeadLetterBox, deadLetterBox } from "./dead-letters.ts";
import type { Identity } from "./identity.ts";
import { type ReadPorts, readMessages } from "./read-messages.ts";
import { foreignRecord, readRecord, writeRecord } from "./record-file.ts";
import { SUFFIXES } from "./table-form.ts";
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
  /** Keeps messages that could not become rows in the store; they may hold personal data. */
  readonly keepPoison?: boolean;
  /** Called with the snapshot's file before the record is written. */
  readonly place?: ((file: string) => Promise<void>) | undefined;
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
  const deadLetters = request.keepPoison === true ? deadLetterBox(ports.scratch) : undefined;
  try {
    const { offsets, collected } = await readMessages(ports, { ...request, from, deadLetters });
    try {
      if (collected.messages === 0 && (previous === undefined || isSame(from, offsets))) {
        return { kind: "unchanged", record: previous, commitProblem: await tell(ports, offsets) };
      }
      const record = await keep(ports, request, { previous, offsets, collected, deadLetters });
      return { kind: "collected", record, commitProblem: await tell(ports, offsets) };
    } finally {
      for (const partition of collected.partitions) await ports.scratch.remove(rowFile(partition));
      await ports.scratch.remove(SNAPSHOT_FILE);
    }
  } finally {
    await deadLetters?.discard();
  }
}

interface Harvest {
  readonly previous: DatasetRecord | undefined;
  readonly offsets: Offsets;
  readonly collected: Collected;
  readonly deadLetters: DeadLetterBox | undefined;
}

/** First what the record speaks of, then the record. */
async function keep(ports: CollectPorts, request: CollectRequest, harvest: Harvest): Promise<DatasetRecord> {
  const { scratch, store } = ports;
  const { collected, previous } = harvest;
  const written = await writeSnapshot(scratch, collected, request.format);
  const sealed = await harvest.deadLetters?.seal();
  const letters = sealed && { digest: sealed.digest, messages: collected.poison.count, kept: sealed.kept };
  const record = recordOf({ ...harvest, request, written, letters, now: ports.now() });
  if (letters !== undefined) await store.put(letters.digest, scratch.locate(DEAD_LETTER_FILE));
  await store.put(record.digest, scratch.locate(SNAPSHOT_FILE));
  await request.place?.(scratch.locate(SNAPSHOT_FILE));
  await writeRecord(ports.records, { path: request.recordPath, previous, record });
  return record;
}

async function readPrevious(records: Files, { recordPath, name, topic }: CollectRequest) {
  const record = await readRecord(records, recordPath);
  if (record === undefined) return undefined;
  if (record.name === name && record.source.kind === "kafka" && record.source.topic === topic) return record;
  const source = record.source.kind === "kafka" ? `the topic "${record.source.topic}"` : record.source.kind;
  const found = `the dataset "${record.name}" from ${source}`;
  throw foreignRecord(recordPath, found, `"${name}" from the topic "${topic}"`);
}

interface Parts extends Harvest {
  readonly request: CollectRequest;
  readonly written: WrittenSnapshot;
  readonly letters: DeadLetters | undefined;
  readonly now: Date;
}

function recordOf({ request, previous, offsets, collected, written, letters, now }: Parts): DatasetRecord {
  const { timeRange } = collected;
  return DatasetRecord.parse({
    version: DATASET_RECORD_VERSION,
    name: request.name,
    digest: written.digest,
    format: request.format,
    rows: collected.rows,
    bytes: written.size,
    files: [{ path: `${request.name}${SUFFIXES[request.format]}`, size: written.size, digest: written.digest }],
    columns: written.columns,
    schemaHash: digestOfJson(written.columns),
    source: { kind: "kafka", topic: request.topic, offsets },
    upstream: null,
    timeRange: timeRange ? { from: timeRange.from.toISOString(), to: timeRange.to.toISOString() } : null,
    parent: previous?.digest ?? null,
    messages: collected.messages,
    poison: collected.poison,
    duplicates: collected.duplicates,
    tombstones: collected.tombstones,
    deadLetters: letters ?? null,
    collectedAt: now.toISOString(),
  });
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
