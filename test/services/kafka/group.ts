import { describe, expect, test } from "vitest";
import type { StreamRecord } from "#core/ports/event-stream";
import { ALL, numbered, placesOf, readAll } from "../../adapters/kafka/event-stream-suite.ts";
import { type Broker, quietKafka } from "./broker.ts";
import { newTopic } from "./topics.ts";

export const everyPlace = (count: number, partitions: number) =>
  Array.from({ length: partitions }, (_, partition) => placesOf(expected(count, partition))).flat();

const expected = (count: number, partition: number) =>
  Array.from({ length: count }, (_, offset) => ({ partition, offset: String(offset) }) as StreamRecord);

/** Places by partition, in the order they came. */
export function byPartition(records: readonly StreamRecord[]): readonly string[] {
  return placesOf(records.toSorted((a, b) => a.partition - b.partition));
}

export function groupSuite(broker: () => Broker): void {
  describe("a group of Apache Kafka", () => {
    test("that a second collector joins in the middle costs neither of them a record", async () => {
      const topic = await newTopic(broker().address, { partitions: 3 });
      for (const partition of [0, 1, 2]) await topic.send(numbered(3_000, partition));
      const records: StreamRecord[] = [];
      const second = Promise.withResolvers<Awaited<ReturnType<typeof readAll>>>();
      let members = 0;
      const offsets = await topic.stream().read({}, ALL, async (record) => {
        records.push(record);
        if (records.length === 500) readAll(topic.stream()).then(second.resolve, second.reject);
        if (records.length % 20 === 0) await new Promise((resume) => setTimeout(resume, 10));
        if (records.length % 500 === 0) members = Math.max(members, await topic.members());
      });
      const other = await second.promise;
      expect(members).toBe(2);
      expect(offsets).toEqual({ "0": "3000", "1": "3000", "2": "3000" });
      expect(byPartition(records)).toEqual(everyPlace(3_000, 3));
      expect(byPartition(other.records)).toEqual(everyPlace(3_000, 3));
      expect(await topic.members()).toBe(0);
    });

    test("knows what was committed, and reading does not depend on it", async () => {
      const topic = await newTopic(broker().address, { partitions: 2 });
      await topic.send(numbered(4, 1));
      const stream = topic.stream();
      const { offsets } = await readAll(stream);
      expect(await topic.committed()).toEqual({ "0": "-1", "1": "-1" });
      await stream.commit(offsets);
      expect(await topic.committed()).toEqual({ "0": "0", "1": "4" });
      expect((await readAll(stream, { "1": "1" })).records).toHaveLength(3);
    });

    test("that another program reads in is refused with a sentence", async () => {
      const topic = await newTopic(broker().address);
      await topic.send(numbered(2));
      const consumer = quietKafka(broker().address).consumer({ groupId: topic.group });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic.name] });
      await consumer.run({ eachMessage: async () => undefined });
      try {
        await expect(readAll(topic.stream())).rejects.toMatchObject({ code: "GROUP_IN_USE" });
      } finally {
        await consumer.disconnect();
      }
    });

    test("reads on while a slow reader has been forgotten by the broker", { timeout: 60_000 }, async () => {
      const topic = await newTopic(broker().address);
      await topic.send(numbered(10));
      const records: StreamRecord[] = [];
      await topic.stream({ sessionSeconds: 6 }).read({}, ALL, async (record) => {
        records.push(record);
        if (records.length === 5) await new Promise((resume) => setTimeout(resume, 9_000));
      });
      expect(byPartition(records)).toEqual(everyPlace(10, 1));
    });
  });

  describe("a topic that is not there", () => {
    test("is missing, and is not made by asking", async () => {
      const topic = await newTopic(broker().address);
      const stream = topic.stream({ topic: `${topic.name}-typo` });
      await expect(readAll(stream)).rejects.toMatchObject({ code: "TOPIC_MISSING" });
      await expect(readAll(stream)).rejects.toMatchObject({ code: "TOPIC_MISSING" });
    });
  });
}
