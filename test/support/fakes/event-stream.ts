import { UserError } from "#core/errors";
import type { EventStream, Offsets, StreamRecord } from "#core/ports/event-stream";

export interface MemoryMessage {
  readonly partition?: number;
  readonly key?: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly time?: number;
}

export interface MemoryStream extends EventStream {
  readonly committed: Offsets[];
  send(messages: readonly MemoryMessage[]): void;
  /** Deletes what lies before the offset. */
  deleteBefore(partition: number, offset: number): void;
  /** Called before each record; may throw. */
  beforeRecord: (count: number) => void;
  /** The order in which partitions take turns; the first that has something goes next. */
  turn: (partitions: readonly number[]) => number;
}

const bytesOf = (content: string | Uint8Array | null | undefined): Uint8Array | undefined =>
  typeof content === "string" ? new TextEncoder().encode(content) : (content ?? undefined);

/** A topic in memory. */
export function memoryStream(partitionCount = 1): MemoryStream {
  const partitions = Array.from({ length: partitionCount }, () => ({ low: 0, records: [] as StreamRecord[] }));
  const outOfRange = () => {
    throw new UserError("OFFSET_OUT_OF_RANGE", "The stored offset is gone.", "Start again at the earliest.");
  };
  const startOf = (partition: number, stored: string | undefined): number => {
    const { low = 0, records = [] } = partitions[partition] ?? {};
    const start = Number(stored ?? low);
    return start < low || start > records.length ? outOfRange() : start;
  };
  const stream: MemoryStream = {
    committed: [],
    beforeRecord: () => undefined,
    turn: (open) => open[0] ?? 0,
    send: (messages) => {
      for (const { partition = 0, key, value, time = 0 } of messages) {
        const { records = [] } = partitions[partition] ?? {};
        const offset = String(records.length);
        records.push({ partition, offset, timestamp: new Date(time), key: bytesOf(key), value: bytesOf(value) });
      }
    },
    deleteBefore: (partition, offset) => {
      const found = partitions[partition];
      if (found) found.low = offset;
    },
    read: async (from, limit, onRecord) => {
      for (const partition of Object.keys(from)) if (partitions[Number(partition)] === undefined) outOfRange();
      const next = partitions.map((_, partition) => startOf(partition, from[String(partition)]));
      const ends = partitions.map(({ records }) => records.length);
      const started = Date.now();
      for (let rows = 0, bytes = 0; rows < limit.rows && Date.now() - started < limit.seconds * 1_000; rows += 1) {
        const open = next.flatMap((at, partition) => (at < (ends[partition] ?? 0) ? [partition] : []));
        if (open.length === 0) break;
        const partition = stream.turn(open);
        const record = partitions[partition]?.records[next[partition] ?? 0];
        if (record === undefined) break;
        bytes += (record.key?.length ?? 0) + (record.value?.length ?? 0);
        if (rows > 0 && bytes > limit.bytes) break;
        stream.beforeRecord(rows);
        await onRecord(record);
        next[partition] = (next[partition] ?? 0) + 1;
      }
      return Object.fromEntries(next.map((offset, partition) => [String(partition), String(offset)]));
    },
    commit: async (offsets) => {
      stream.committed.push(offsets);
    },
    close: async () => undefined,
    description: "a topic in memory",
  };
  return stream;
}
