import type { Offsets, StreamLimit } from "#core/ports/event-stream";

/** Where a partition is read from and where it ended when the reading began. */
export interface Stretch {
  readonly next: bigint;
  readonly end: bigint;
}

export type Admission = "read" | "skip" | "stop";

/** How far each partition was read. A record is passed once; what comes again, whatever the reason, is skipped. */
export interface Progress {
  /** What to do with a record: "stop" when it would exceed the limit. */
  admit(record: { readonly partition: number; readonly offset: bigint; readonly bytes: number }): Admission;
  /** The admitted record was handed over. */
  handed(partition: number, offset: bigint, bytes: number): void;
  /** Nothing to read up to and with this offset. */
  passed(partition: number, offset: bigint): void;
  next(partition: number): bigint | undefined;
  hasEnded(partition: number): boolean;
  hasFinished(): boolean;
  offsets(): Offsets;
  readonly partitions: readonly number[];
}

export function progress(stretches: ReadonlyMap<number, Stretch>, limit: StreamLimit): Progress {
  const next = new Map([...stretches].map(([partition, stretch]) => [partition, stretch.next]));
  let rows = 0;
  let bytes = 0;
  const at = (partition: number) => next.get(partition) ?? 0n;
  const endOf = (partition: number) => stretches.get(partition)?.end ?? 0n;
  const hasEnded = (partition: number) => at(partition) >= endOf(partition);
  const passed = (partition: number, offset: bigint) => {
    if (next.has(partition) && offset >= at(partition)) next.set(partition, offset + 1n);
  };
  return {
    partitions: [...stretches.keys()],
    next: (partition) => next.get(partition),
    hasEnded,
    passed,
    admit: (record) => {
      if (record.offset < at(record.partition) || record.offset >= endOf(record.partition)) return "skip";
      // The first record always passes, so that a limit below one record's size cannot stand still for ever.
      const isFull = rows >= limit.rows || (rows > 0 && bytes + record.bytes > limit.bytes);
      return isFull ? "stop" : "read";
    },
    handed: (partition, offset, size) => {
      rows += 1;
      bytes += size;
      passed(partition, offset);
    },
    hasFinished: () => rows >= limit.rows || (rows > 0 && bytes >= limit.bytes) || [...next.keys()].every(hasEnded),
    offsets: () => Object.fromEntries([...next].map(([partition, offset]) => [String(partition), offset.toString()])),
  };
}
