import type { StreamRecord } from "../../ports/event-stream.ts";
import type { Decoded } from "../../ports/value-decoder.ts";
import { flatten, type Row } from "./flatten.ts";
import { type Identity, identityOf } from "./identity.ts";
import { type Claim, type KeyTable, keyTable } from "./key-table.ts";
import { type Marks, marks } from "./marks.ts";
import { type PoisonCount, type PoisonReason, poisonShelf } from "./poison.ts";
import { jsonLine } from "./table-lines.ts";

/** What becomes of one message. */
export type Fate =
  | { readonly kind: "row"; readonly line: string }
  | { readonly kind: "tombstone" }
  | { readonly kind: "poison"; readonly reason: PoisonReason; readonly keep: boolean };

export interface Collected {
  readonly messages: number;
  /** Rows that no later message of their key replaced or deleted. */
  readonly rows: number;
  /** Rows that one did. */
  readonly duplicates: number;
  readonly tombstones: number;
  readonly poison: PoisonCount;
  readonly timeRange: { readonly from: Date; readonly to: Date } | undefined;
  /** Sorted; only those that had rows. */
  readonly partitions: readonly number[];
  /** Whether a partition's row, counted from 0, is still there. */
  stands(partition: number, line: number): boolean;
}

export interface Collector {
  /**
   * Takes the next message of its partition; `decoded` is undefined for a tombstone. A row's line is the caller's to
   * keep, one file per partition, in this order: which lines still stand is known at the end.
   */
  accept(record: StreamRecord, decoded: Decoded | undefined): Fate;
  result(): Collected;
}

interface Partition {
  readonly outdated: Marks;
  lines: number;
  /** The latest time so far: clocks of producers run apart, yet within a partition the offset decides. */
  time: number;
}

interface State {
  readonly identity: Identity;
  readonly keys: KeyTable;
  readonly partitions: Map<number, Partition>;
  messages: number;
  duplicates: number;
  tombstones: number;
  from: number;
  to: number;
}

/**
 * Reduces messages to rows: the last message of a key wins, a tombstone deletes, poison is counted and put aside. The
 * result does not depend on how partitions interleave. It holds at most some 100 bytes per key and a bit per row.
 */
export function collector(identity: Identity): Collector {
  const state: State = {
    identity,
    keys: keyTable(),
    partitions: new Map(),
    messages: 0,
    duplicates: 0,
    tombstones: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  };
  const shelf = poisonShelf();
  return {
    accept: (record, decoded) => {
      const partition = note(state, record);
      const made = decoded === undefined ? undefined : rowOf(record, decoded, identity);
      if (typeof made === "string") {
        const keep = shelf.add({ partition: record.partition, offset: record.offset, reason: made });
        return { kind: "poison", reason: made, keep };
      }
      if (made === undefined) state.tombstones += 1;
      enter(state, record, { partition, row: made });
      return made === undefined ? { kind: "tombstone" } : { kind: "row", line: jsonLine(made) };
    },
    result: () => resultOf(state, shelf.count()),
  };
}

function note(state: State, { partition, timestamp }: StreamRecord): Partition {
  const found = state.partitions.get(partition) ?? { outdated: marks(), lines: 0, time: Number.NEGATIVE_INFINITY };
  state.partitions.set(partition, found);
  const time = timestamp.getTime();
  found.time = Math.max(found.time, time);
  state.messages += 1;
  state.from = Math.min(state.from, time);
  state.to = Math.max(state.to, time);
  return found;
}

function rowOf(record: StreamRecord, decoded: Decoded, identity: Identity): Row | PoisonReason {
  if (decoded.kind === "poison") return decoded.reason;
  const row = flatten(decoded.value);
  if (typeof row === "string") return row;
  return identityOf(record, row, identity) === "missing" ? "MISSING_ID" : row;
}

interface Entry {
  readonly partition: Partition;
  readonly row: Row | undefined;
}

function enter(state: State, record: StreamRecord, { partition, row }: Entry): void {
  const line = row === undefined ? -1 : partition.lines++;
  const key = identityOf(record, row, state.identity);
  if (key === undefined || key === "missing") return;
  const outdated = state.keys.claim(key, { time: partition.time, partition: record.partition, line });
  if (outdated !== undefined) retire(state, outdated);
}

function retire(state: State, { partition, line }: Claim): void {
  if (line >= 0 && state.partitions.get(partition)?.outdated.set(line) === true) state.duplicates += 1;
}

function resultOf(state: State, poison: PoisonCount): Collected {
  const filled = [...state.partitions].filter(([, { lines }]) => lines > 0);
  const seen = filled.reduce((sum, [, { lines }]) => sum + lines, 0);
  return {
    messages: state.messages,
    rows: seen - state.duplicates,
    duplicates: state.duplicates,
    tombstones: state.tombstones,
    poison,
    timeRange: state.messages === 0 ? undefined : { from: new Date(state.from), to: new Date(state.to) },
    partitions: filled.map(([partition]) => partition).sort((a, b) => a - b),
    stands: (partition, line) => state.partitions.get(partition)?.outdated.has(line) === false,
  };
}
