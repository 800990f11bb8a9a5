import { describe, expect, test } from "vitest";
import type { EventStream, Offsets, StreamLimit, StreamRecord } from "#core/ports/event-stream";
import type { MemoryMessage } from "#test/support/fakes/event-stream";

export interface Scene {
  readonly stream: EventStream;
  send(messages: readonly MemoryMessage[]): Promise<void>;
  deleteBefore(partition: number, offset: number): Promise<void>;
}

export const ALL: StreamLimit = { rows: 1_000_000, bytes: 1_000_000_000, seconds: 60 };

export async function readAll(stream: EventStream, from: Offsets = {}, limit: Partial<StreamLimit> = {}) {
  const records: StreamRecord[] = [];
  const offsets = await stream.read(from, { ...ALL, ...limit }, async (record) => {
    records.push(record);
  });
  return { records, offsets };
}

export const textOf = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes);
export const placesOf = (records: readonly StreamRecord[]) =>
  records.map(({ partition, offset }) => `${partition}:${offset}`);

export const numbered = (count: number, partition = 0): MemoryMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    partition,
    key: `k${index}`,
    value: `{"n":${index}}`,
    time: 1_000 + index,
  }));

/** What every event stream promises, in memory and at a real broker. */
export function eventStreamSuite(name: string, makeScene: (partitions: number) => Promise<Scene>): void {
  describe(`an event stream ${name}`, () => {
    test("hands over every record once, in order, as it was sent", async () => {
      const { stream, send } = await makeScene(2);
      await send([...numbered(3, 0), ...numbered(2, 1)]);
      const { records, offsets } = await readAll(stream);
      expect(placesOf(records).toSorted()).toEqual(["0:0", "0:1", "0:2", "1:0", "1:1"]);
      const first = records.filter(({ partition }) => partition === 0);
      expect(placesOf(first)).toEqual(["0:0", "0:1", "0:2"]);
      expect(first.map(({ key }) => textOf(key))).toEqual(["k0", "k1", "k2"]);
      expect(textOf(first[2]?.value)).toBe('{"n":2}');
      expect(first[2]?.timestamp.getTime()).toBe(1_002);
      expect(offsets).toEqual({ "0": "3", "1": "2" });
    });

    test("reads on from stored offsets and ends where the topic ended", async () => {
      const { stream, send } = await makeScene(2);
      await send(numbered(3, 0));
      const first = await readAll(stream);
      expect(first.offsets).toEqual({ "0": "3", "1": "0" });
      await send([...numbered(2, 0), ...numbered(1, 1)]);
      const second = await readAll(stream, first.offsets);
      expect(placesOf(second.records).toSorted()).toEqual(["0:3", "0:4", "1:0"]);
      expect(await readAll(stream, second.offsets)).toEqual({ records: [], offsets: { "0": "5", "1": "1" } });
    });

    test("does not follow what comes while it reads", async () => {
      const { stream, send } = await makeScene(1);
      await send(numbered(3));
      let seen = 0;
      const offsets = await stream.read({}, ALL, async () => {
        seen += 1;
        if (seen === 1) await send(numbered(5));
      });
      expect({ seen, offsets }).toEqual({ seen: 3, offsets: { "0": "3" } });
    });

    test("stops after so many rows and goes on from there", async () => {
      const { stream, send } = await makeScene(1);
      await send(numbered(7));
      const first = await readAll(stream, {}, { rows: 3 });
      expect(placesOf(first.records)).toEqual(["0:0", "0:1", "0:2"]);
      const second = await readAll(stream, first.offsets);
      expect(placesOf(second.records)).toEqual(["0:3", "0:4", "0:5", "0:6"]);
    });

    test("stops before it exceeds the bytes, but never at the first record", async () => {
      const { stream, send } = await makeScene(1);
      await send(Array.from({ length: 4 }, () => ({ key: "ab", value: "x".repeat(98) })));
      expect((await readAll(stream, {}, { bytes: 250 })).offsets).toEqual({ "0": "2" });
      expect((await readAll(stream, {}, { bytes: 1 })).offsets).toEqual({ "0": "1" });
    });

    test("stops after so many seconds", async () => {
      const { stream, send } = await makeScene(1);
      await send(numbered(200));
      const slowly = async () => new Promise<void>((resume) => setTimeout(resume, 50));
      const offsets = await stream.read({}, { ...ALL, seconds: 1.5 }, slowly);
      expect(Number(offsets["0"])).toBeLessThan(60);
    });

    test("hands over tombstones, missing keys, empty values and large ones", async () => {
      const { stream, send } = await makeScene(1);
      await send([
        { key: "gone", value: null },
        { key: null, value: "no key" },
        { key: "empty", value: "" },
        { key: "large", value: "x".repeat(900_000) },
      ]);
      const { records } = await readAll(stream);
      expect(records.map(({ key }) => textOf(key))).toEqual(["gone", undefined, "empty", "large"]);
      expect(records.map(({ value }) => value?.length)).toEqual([undefined, 6, 0, 900_000]);
    });

    test("says that stored offsets are gone, ahead of the end, or of no partition", async () => {
      const { stream, send, deleteBefore } = await makeScene(1);
      await send(numbered(5));
      await deleteBefore(0, 3);
      await expect(readAll(stream, { "0": "1" })).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
      await expect(readAll(stream, { "0": "9" })).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
      await expect(readAll(stream, { "7": "0" })).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
      expect(placesOf((await readAll(stream)).records)).toEqual(["0:3", "0:4"]);
    });

    test("ends with the reader's own error and loses nothing by it", async () => {
      const { stream, send } = await makeScene(1);
      await send(numbered(3));
      const failing = stream.read({}, ALL, async ({ offset }) => {
        if (offset === "1") throw new RangeError("the disk is full");
      });
      await expect(failing).rejects.toThrow("the disk is full");
      expect((await readAll(stream)).records).toHaveLength(3);
    });

    test("may be told an offset again and again", async () => {
      const { stream, send } = await makeScene(1);
      await send(numbered(3));
      const { offsets } = await readAll(stream);
      await stream.commit(offsets);
      await stream.commit(offsets);
      // What was committed does not decide what is read.
      expect((await readAll(stream)).records).toHaveLength(3);
    });
  });
}
