import type { Producer, Transaction } from "kafkajs";
import { describe, expect, onTestFinished, test } from "vitest";
import { placesOf, readAll, textOf } from "../../adapters/kafka/event-stream-suite.ts";
import { type Broker, quietKafka } from "./broker.ts";
import { collect, linesOf, recordIn, workFolder } from "./collected.ts";
import { newTopic, type Topic } from "./topics.ts";

/** A producer of transactions; each of one topic needs a name of its own. */
async function transactional(address: string, { name }: Topic, own = ""): Promise<Producer> {
  const transactionalId = `${name}${own}`;
  const producer = quietKafka(address).producer({ transactionalId, maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

export function transactionSuite(broker: () => Broker): void {
  const begin = async (topic: Topic, own: string) => (await transactional(broker().address, topic, own)).transaction();
  const send = (transaction: Transaction, topic: Topic, key: string | Buffer, value: string) =>
    transaction.send({ topic: topic.name, messages: [{ key, value }] });

  describe("a log of Apache Kafka with transactions", () => {
    test("ends behind the last mark and holds nothing that was aborted", async () => {
      const topic = await newTopic(broker().address);
      const producer = await transactional(broker().address, topic);
      for (const [value, isKept] of [
        ["1", true],
        ["2", false],
        ["3", true],
        ["4", false],
      ] as const) {
        const transaction = await producer.transaction();
        await send(transaction, topic, "k", value);
        await (isKept ? transaction.commit() : transaction.abort());
      }
      const { records, offsets } = await readAll(topic.stream());
      expect(records.map(({ value }) => textOf(value))).toEqual(["1", "3"]);
      expect(offsets).toEqual({ "0": "8" });

      const open = await producer.transaction();
      await send(open, topic, "k", "5");
      await topic.send([{ key: "k", value: "6" }]);
      // Behind an open transaction nothing is certain yet: reading ends before it and takes nothing from the next run.
      const waiting = await readAll(topic.stream({ idleSeconds: 3 }), offsets);
      expect(waiting).toEqual({ records: [], offsets });
      await open.commit();
      const later = await readAll(topic.stream(), offsets);
      expect(later.records.map(({ value }) => textOf(value))).toEqual(["5", "6"]);
    });

    test("F-11 holds nothing of aborted ones that overlap, wherever reading begins", async () => {
      const topic = await newTopic(broker().address);
      const [first, second] = [await begin(topic, "-1"), await begin(topic, "-2")];
      await send(first, topic, "a", "aborted 0");
      await send(second, topic, "b", "aborted 1");
      await topic.send([{ key: "c", value: "kept 2" }]);
      await send(second, topic, "b", "aborted 3");
      await send(first, topic, "a", "aborted 4");
      // The broker lists the one that ended first before the other.
      await second.abort();
      await first.abort();
      await topic.send([{ key: "c", value: "kept 7" }]);
      expect(placesOf((await readAll(topic.stream())).records)).toEqual(["0:2", "0:7"]);
      for (const [from, places] of [
        ["1", ["0:2", "0:7"]],
        ["3", ["0:7"]],
        ["4", ["0:7"]],
      ] as const) {
        expect(placesOf((await readAll(topic.stream(), { "0": from })).records)).toEqual(places);
      }
    });

    test("F-11 gives a snapshot without aborted rows, even where a key looks like the mark of an abort", async () => {
      const topic = await newTopic(broker().address);
      const zero = Buffer.alloc(4);
      const aborted = await begin(topic, "-1");
      for (const n of [1, 2, 3]) await send(aborted, topic, n === 1 ? zero : Buffer.from([n]), `{"aborted":${n}}`);
      await aborted.abort();
      const kept = await begin(topic, "-2");
      await send(kept, topic, zero, '{"kept":1}');
      await kept.commit();
      const folder = await workFolder();
      await collect(topic, folder);
      const record = await recordIn(folder);
      if (record === undefined) throw new Error("no record was written");
      expect(await linesOf(folder, record)).toEqual(["kept", "1"]);
      expect(record).toMatchObject({ messages: 1, rows: 1, source: { offsets: { "0": "6" } } });
    });
  });
}
