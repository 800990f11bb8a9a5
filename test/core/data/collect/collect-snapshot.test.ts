import { describe, expect, test } from "vitest";
import { jsonDecoder } from "#adapters/kafka/decoder";
import { type CollectPorts, type CollectRequest, collectSnapshot } from "#core/data/collect/collect-snapshot";
import { DatasetRecord } from "#core/data/collect/dataset-record";
import { deadLetterBox } from "#core/data/collect/dead-letters";
import { digestOf } from "#core/digest";
import { UserError } from "#core/errors";
import { type MemoryMessage, memoryStream } from "#test/support/fakes/event-stream";
import { memoryFiles } from "#test/support/fakes/files";
import { memoryLineFiles } from "#test/support/fakes/line-files";

const RECORD = "data/clicks.json";
const request: CollectRequest = {
  name: "clicks",
  topic: "clicks",
  format: "csv",
  identity: { kind: "key" },
  limit: { rows: 1_000, bytes: 1_000_000, seconds: 60 },
  recordPath: RECORD,
};

function scene(partitions = 1) {
  const stream = memoryStream(partitions);
  const scratch = memoryLineFiles();
  const records = memoryFiles();
  const objects = new Map<string, string>();
  const steps: string[] = [];
  /** Dies before the step of this name. */
  const crash = { at: "" };
  const step = (name: string) => {
    steps.push(name);
    if (name === crash.at) throw new Error("crashed");
  };
  const ports: CollectPorts = {
    stream: {
      ...stream,
      commit: async (offsets) => {
        step("commit");
        await stream.commit(offsets);
      },
    },
    decoder: jsonDecoder(),
    scratch,
    records: {
      ...records,
      write: async (path, content) => {
        step("record");
        await records.write(path, content);
      },
    },
    store: {
      has: async (digest) => objects.has(digest),
      put: async (digest, file) => {
        step("store");
        const text = (scratch.contents.get(file.slice("/memory/".length)) ?? []).map((line) => `${line}\n`).join("");
        expect(digestOf(text)).toBe(digest);
        objects.set(digest, text);
      },
      get: async () => undefined,
      description: "memory",
    },
    now: () => new Date("2026-01-02T03:04:05Z"),
  };
  const record = async () => DatasetRecord.parse(JSON.parse(await records.readText(RECORD)));
  return { stream, ports, records, objects, steps, crash, scratch, record };
}

const rows = (from: number, count: number, partition = 0): MemoryMessage[] =>
  Array.from({ length: count }, (_, at) => ({
    partition,
    key: `k${from + at}`,
    value: `{"n":${from + at}}`,
    time: (from + at) * 1_000,
  }));

describe("collecting a snapshot", () => {
  test("stores the bytes, then the record, then tells the broker", async () => {
    const { stream, ports, steps, objects, record, scratch } = scene(2);
    stream.send([...rows(0, 2), ...rows(2, 1, 1), { partition: 1, key: "k2", value: '{"n":3,"x":"y"}', time: 9_000 }]);
    const outcome = await collectSnapshot(ports, request);
    expect(steps).toEqual(["store", "record", "commit"]);
    const text = "n,x\n0,\n1,\n3,y\n";
    expect([...objects]).toEqual([[digestOf(text), text]]);
    expect(await record()).toEqual({
      version: 1,
      name: "clicks",
      digest: digestOf(text),
      format: "csv",
      rows: 3,
      bytes: text.length,
      files: [{ path: "clicks.csv", size: text.length, digest: digestOf(text) }],
      columns: [
        { name: "n", kinds: ["number"] },
        { name: "x", kinds: ["text"] },
      ],
      schemaHash: expect.stringMatching(/^sha256:/),
      source: { kind: "kafka", topic: "clicks", offsets: { "0": "2", "1": "2" } },
      upstream: null,
      timeRange: { from: "1970-01-01T00:00:00.000Z", to: "1970-01-01T00:00:09.000Z" },
      parent: null,
      messages: 4,
      poison: { count: 0, reasons: {}, kept: [] },
      duplicates: 1,
      tombstones: 0,
      deadLetters: null,
      collectedAt: "2026-01-02T03:04:05.000Z",
    });
    expect(outcome).toEqual({ kind: "collected", record: await record(), commitProblem: undefined });
    expect(stream.committed).toEqual([{ "0": "2", "1": "2" }]);
    expect(scratch.contents.size).toBe(0);
  });

  test("reads on from the record and names its parent; without news nothing changes", async () => {
    const { stream, ports, objects, record } = scene();
    stream.send(rows(0, 2));
    await collectSnapshot(ports, request);
    const first = await record();
    expect(await collectSnapshot(ports, request)).toEqual({
      kind: "unchanged",
      record: first,
      commitProblem: undefined,
    });
    stream.send(rows(2, 1));
    await collectSnapshot(ports, request);
    expect(await record()).toMatchObject({ parent: first.digest, rows: 1, source: { offsets: { "0": "3" } } });
    expect([...objects.values()]).toEqual(["n\n0\n1\n", "n\n2\n"]);
  });

  test.each(["store", "record", "commit"])("a crash before %s ends in the same snapshot", async (at) => {
    const { stream, ports, objects, crash, records, record } = scene();
    stream.send(rows(0, 3));
    crash.at = at;
    const first = await collectSnapshot(ports, request).catch((error: Error) => error.message);
    if (at !== "commit") expect(first).toBe("crashed");
    if (at === "store" || at === "record") expect(await records.exists(RECORD)).toBe(false);
    expect(stream.committed).toEqual([]);
    crash.at = "";
    await collectSnapshot(ports, request);
    expect(objects.size).toBe(1);
    expect(await record()).toMatchObject({ digest: [...objects.keys()][0], rows: 3, parent: null });
    expect(stream.committed).toEqual([{ "0": "3" }]);
  });

  test("a stream that breaks leaves nothing behind", async () => {
    const { stream, ports, objects, records } = scene();
    stream.send(rows(0, 5));
    stream.beforeRecord = (count) => {
      if (count === 3) throw new UserError("STREAM_UNAVAILABLE", "Gone.", "Run again.");
    };
    await expect(collectSnapshot(ports, request)).rejects.toMatchObject({ code: "STREAM_UNAVAILABLE" });
    expect(objects.size).toBe(0);
    expect(await records.exists(RECORD)).toBe(false);
  });

  test("a broker that cannot be told is a note, not a failure", async () => {
    const { stream, ports } = scene();
    stream.send(rows(0, 1));
    const commit = async () => {
      throw new UserError("STREAM_UNAVAILABLE", "The brokers did not answer.", "Run again.");
    };
    expect(await collectSnapshot({ ...ports, stream: { ...stream, commit } }, request)).toMatchObject({
      kind: "collected",
      commitProblem: "The brokers did not answer.",
    });
  });

  test("messages that leave no row still move the position on", async () => {
    const { stream, ports, record, objects } = scene();
    stream.send([
      { key: "a", value: null },
      { key: "b", value: "{" },
      { key: "c", value: new Uint8Array([0xff]) },
    ]);
    await collectSnapshot(ports, request);
    expect(await record()).toMatchObject({ rows: 0, tombstones: 1, source: { offsets: { "0": "3" } } });
    expect((await record()).poison?.reasons).toEqual({ NOT_JSON: 1, NOT_UTF8: 1 });
    expect([...objects.values()]).toEqual([""]);
  });

  test("the snapshot's bytes do not depend on how partitions take turns", async () => {
    const digests = await Promise.all(
      [(open: readonly number[]) => open[0] ?? 0, (open: readonly number[]) => open.at(-1) ?? 0].map(async (turn) => {
        const { stream, ports, record } = scene(3);
        stream.turn = turn;
        for (const partition of [0, 1, 2]) stream.send(rows(partition * 2, 4, partition));
        await collectSnapshot(ports, { ...request, format: "json-lines", identity: { kind: "column", column: "n" } });
        return (await record()).digest;
      }),
    );
    expect(digests[0]).toBe(digests[1]);
  });

  test("another dataset's record, a damaged one and one that moved are refused", async () => {
    const { stream, ports, records } = scene();
    stream.send(rows(0, 1));
    await collectSnapshot(ports, request);
    await expect(collectSnapshot(ports, { ...request, topic: "other" })).rejects.toMatchObject({
      code: "DATASET_MISMATCH",
    });
    const good = await records.readText(RECORD);
    for (const bad of [
      "{",
      "{}",
      good.replace('"version": 1', '"version": 2'),
      good.replace('"rows"', '"surplus": 1, "rows"'),
    ]) {
      await records.write(RECORD, bad);
      await expect(collectSnapshot(ports, request)).rejects.toMatchObject({ code: "RECORD_MALFORMED" });
    }
    await records.write(RECORD, good);
    stream.send(rows(1, 1));
    const meanwhile = async () => {
      await records.write(RECORD, good.replace('"rows": 1', '"rows": 9'));
    };
    await expect(
      collectSnapshot({ ...ports, store: { ...ports.store, put: meanwhile } }, request),
    ).rejects.toMatchObject({ code: "DATASET_MOVED" });
  });

  describe("poison", () => {
    const poisoned: MemoryMessage[] = [
      { partition: 1, key: new Uint8Array([0, 255]), value: "{" },
      { partition: 0, value: new Uint8Array([0xff]) },
      { partition: 1, key: "good", value: '{"n":1}' },
      { partition: 1, key: "k", value: "[]" },
    ];
    const lettersIn = (text = "") =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line));

    test("F-11 is only counted unless it is asked for: it may hold personal data", async () => {
      const { stream, ports, objects, record, scratch } = scene(2);
      stream.send(poisoned);
      await collectSnapshot(ports, request);
      expect(objects.size).toBe(1);
      expect(await record()).toMatchObject({ poison: { count: 3 }, deadLetters: null });
      expect(scratch.contents.size).toBe(0);
    });

    test("F-11 is kept aside byte for byte, by partition and offset, before the record speaks of it", async () => {
      const { stream, ports, objects, record, scratch, steps } = scene(2);
      stream.send(poisoned);
      await collectSnapshot(ports, { ...request, keepPoison: true });
      expect(steps).toEqual(["store", "store", "record", "commit"]);
      const { deadLetters } = await record();
      expect(deadLetters).toMatchObject({ messages: 3, kept: 3 });
      const text = objects.get(deadLetters?.digest ?? "");
      expect(digestOf(text ?? "")).toBe(deadLetters?.digest);
      expect(lettersIn(text)).toEqual([
        { partition: 0, offset: "0", reason: "NOT_UTF8", key: null, value: "/w==" },
        { partition: 1, offset: "0", reason: "NOT_JSON", key: "AP8=", value: "ew==" },
        { partition: 1, offset: "2", reason: "NOT_AN_OBJECT", key: "aw==", value: "W10=" },
      ]);
      expect(scratch.contents.size).toBe(0);
    });

    test("F-11 is kept up to a bound, the rest is counted, and what is kept does not depend on turns", async () => {
      const kept = await Promise.all(
        [0, -1].map(async (turn) => {
          const { stream, ports, objects, record } = scene(3);
          stream.turn = (open) => open.at(turn) ?? 0;
          for (const partition of [0, 1, 2]) {
            stream.send(Array.from({ length: 500 }, (_, n) => ({ partition, key: `${n}`, value: `{"${n}` })));
          }
          await collectSnapshot(ports, { ...request, limit: { ...request.limit, rows: 10_000 }, keepPoison: true });
          const { deadLetters } = await record();
          expect(deadLetters).toMatchObject({ messages: 1_500, kept: 1_000 });
          expect(lettersIn(objects.get(deadLetters?.digest ?? "")).at(-1)).toMatchObject({
            partition: 1,
            offset: "499",
          });
          return deadLetters?.digest;
        }),
      );
      expect(kept[0]).toBe(kept[1]);
    });

    test("F-11 larger than the bound's bytes is counted and not kept, nor what comes after it", async () => {
      const scratch = memoryLineFiles();
      const box = deadLetterBox(scratch, { messages: 10, bytes: 200 });
      const at = { partition: 0, timestamp: new Date(0), key: undefined };
      await box.add({ ...at, offset: "0", value: new Uint8Array(30) }, "NOT_JSON");
      await box.add({ ...at, offset: "1", value: new Uint8Array(300) }, "NOT_JSON");
      await box.add({ ...at, offset: "2", value: new Uint8Array(1) }, "NOT_JSON");
      expect(await box.seal()).toMatchObject({ kept: 1 });
      await box.discard();
      expect(scratch.contents.size).toBe(0);
    });

    test("a crash before the record leaves no record, whatever was stored", async () => {
      const { stream, ports, crash, records, scratch } = scene(2);
      stream.send(poisoned);
      crash.at = "record";
      await expect(collectSnapshot(ports, { ...request, keepPoison: true })).rejects.toThrow("crashed");
      expect(await records.exists(RECORD)).toBe(false);
      expect(scratch.contents.size).toBe(0);
    });
  });

  test("the output is placed before the record is written", async () => {
    const { stream, ports, steps } = scene();
    stream.send(rows(0, 1));
    const place = async (file: string) => void steps.push(`place ${file}`);
    await collectSnapshot(ports, { ...request, place });
    expect(steps).toEqual(["store", "place /memory/snapshot", "record", "commit"]);
  });
});
