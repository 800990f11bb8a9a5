import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Collected, collector } from "#core/data/collect/collector";
import type { Identity } from "#core/data/collect/identity";
import type { StreamRecord } from "#core/ports/event-stream";

interface Message {
  readonly partition?: number;
  readonly key?: string;
  /** Undefined is a tombstone, "poison" poison. */
  readonly value?: unknown;
  readonly time?: number;
}

/** Feeds messages in this order and gives the rows that stand, by partition and offset. */
function collect(messages: readonly Message[], identity: Identity = { kind: "key" }) {
  const reducer = collector(identity);
  const lines = new Map<number, string[]>();
  const offsets = new Map<number, number>();
  for (const { partition = 0, key, value, time = 0 } of messages) {
    const offset = offsets.get(partition) ?? 0;
    offsets.set(partition, offset + 1);
    const record: StreamRecord = {
      partition,
      offset: String(offset),
      timestamp: new Date(time),
      key: key === undefined ? undefined : new TextEncoder().encode(key),
      value: undefined,
    };
    const decoded =
      value === "poison" ? ({ kind: "poison", reason: "BAD_BYTES" } as const) : { kind: "value" as const, value };
    const fate = reducer.accept(record, value === undefined ? undefined : decoded);
    if (fate.kind === "row") lines.set(partition, [...(lines.get(partition) ?? []), fate.line]);
  }
  const result = reducer.result();
  const rows = result.partitions.flatMap((partition) =>
    (lines.get(partition) ?? []).filter((_, line) => result.stands(partition, line)),
  );
  return { result, rows };
}

const countsOf = ({ messages, rows, duplicates, tombstones, poison }: Collected) => ({
  messages,
  rows,
  duplicates,
  tombstones,
  poison: poison.count,
});

describe("collecting messages", () => {
  test("keeps the last of a key and drops what a tombstone deletes", () => {
    const { rows, result } = collect([
      { key: "a", value: { n: 1 } },
      { key: "b", value: { n: 2 } },
      { key: "a", value: { n: 3 } },
      { key: "b" },
      { key: "c" },
      { key: "c", value: { n: 4 } },
    ]);
    expect(rows).toEqual(['{"n":3}', '{"n":4}']);
    expect(countsOf(result)).toEqual({ messages: 6, rows: 2, duplicates: 2, tombstones: 2, poison: 0 });
  });

  test("a message without a key is a row of its own", () => {
    expect(collect([{ value: { n: 1 } }, { value: { n: 1 } }, {}]).rows).toEqual(['{"n":1}', '{"n":1}']);
  });

  test("within a partition the offset decides, whatever the clocks say", () => {
    const messages = [
      { key: "a", value: { n: 1 }, time: 900 },
      { key: "a", value: { n: 2 }, time: 100 },
    ];
    expect(collect(messages).rows).toEqual(['{"n":2}']);
  });

  test("an id column makes rows the same across partitions, and the later time wins", () => {
    const by: Identity = { kind: "column", column: "id" };
    const early = { partition: 1, value: { id: 7, n: "early" }, time: 100 };
    const late = { partition: 0, value: { id: "7", n: "late" }, time: 200 };
    expect(collect([early, late], by).rows).toEqual(['{"id":"7","n":"late"}']);
    expect(collect([late, early], by).rows).toEqual(['{"id":"7","n":"late"}']);
    expect(collect([early, late, { partition: 2, key: "7", time: 300 }], by).rows).toEqual([]);
  });

  test("a row without its id is poison", () => {
    const { rows, result } = collect([{ value: { n: 1 } }, { value: { id: null } }, { value: { id: 0 } }], {
      kind: "column",
      column: "id",
    });
    expect(rows).toEqual(['{"id":0}']);
    expect(result.poison).toMatchObject({ count: 2, reasons: { MISSING_ID: 2 } });
  });

  test("F-11 poison is counted and kept aside by place, bounded, and stops nothing", () => {
    const poison = Array.from({ length: 500 }, (_, at) => ({ partition: at % 2, value: "poison" }));
    const { rows, result } = collect([...poison, { key: "a", value: { secret: "x" } }, { value: [1] }]);
    expect(rows).toEqual(['{"secret":"x"}']);
    expect(result.poison.count).toBe(501);
    expect(result.poison.reasons).toEqual({ BAD_BYTES: 500, NOT_AN_OBJECT: 1 });
    expect(result.poison.kept).toHaveLength(40);
    expect(result.poison.kept[1]).toEqual({ partition: 0, offset: "1", reason: "BAD_BYTES" });
  });

  const message = fc.record({
    partition: fc.nat(2),
    key: fc.constantFrom("a", "b", "c", "d"),
    value: fc.oneof(fc.constant(undefined), fc.constant("poison"), fc.record({ n: fc.integer() })),
    time: fc.nat(5),
  });

  test("any mix of duplicates, tombstones and poison leaves each key once, the last one", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), (messages) => {
        const inOnePartition = messages.map((each) => ({ ...each, partition: 0 }));
        const expected = new Map<string, string>();
        for (const { key, value } of inOnePartition) {
          if (value === "poison") continue;
          expected.delete(key);
          if (value !== undefined) expected.set(key, JSON.stringify(value));
        }
        const { rows, result } = collect(inOnePartition);
        expect(rows).toEqual([...expected.values()]);
        expect(result.rows).toBe(rows.length);
      }),
    );
  });

  test("how partitions interleave changes nothing", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), fc.array(fc.nat(2), { maxLength: 60 }), (messages, turns) => {
        const queues = [0, 1, 2].map((partition) => messages.filter((each) => each.partition === partition));
        const shuffled = [...turns, ...messages.flatMap(() => [0, 1, 2])].flatMap(
          (turn) => queues[turn]?.shift() ?? [],
        );
        expect(shuffled).toHaveLength(messages.length);
        const [one, other] = [collect(messages), collect(shuffled)];
        expect(other.rows).toEqual(one.rows);
        expect(countsOf(other.result)).toEqual(countsOf(one.result));
        expect(other.result.poison).toEqual(one.result.poison);
      }),
    );
  });

  test("many keys are told apart", () => {
    const messages = Array.from({ length: 30_000 }, (_, n) => ({ key: `k${n % 10_000}`, value: { n } }));
    const { rows, result } = collect(messages);
    expect(rows).toHaveLength(10_000);
    expect(rows[0]).toBe('{"n":20000}');
    expect(result.duplicates).toBe(20_000);
  });
});
