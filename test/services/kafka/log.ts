import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ALL, numbered, placesOf, readAll, textOf } from "../../adapters/kafka/event-stream-suite.ts";
import { type Broker, quietKafka } from "./broker.ts";
import { newTopic } from "./topics.ts";

// No number holds the offsets from here on exactly.
const FIRST_OFFSET = 2n ** 53n + 1n;

/** Moves a partition's log: the offset of a batch is not part of its checksum, so the broker takes it as its own. */
async function moveLog(logFolder: string, partition: string): Promise<void> {
  const folder = join(logFolder, partition);
  const name = (offset: bigint) => join(folder, `${String(offset).padStart(20, "0")}.log`);
  const log = await readFile(name(0n));
  for (let at = 0; at < log.length; at += 12 + log.readInt32BE(at + 8)) {
    log.writeBigInt64BE(log.readBigInt64BE(at) + FIRST_OFFSET, at);
  }
  for (const file of await readdir(folder)) if (file !== "partition.metadata") await rm(join(folder, file));
  await writeFile(name(FIRST_OFFSET), log);
  await writeFile(join(folder, "leader-epoch-checkpoint"), `0\n1\n0 ${FIRST_OFFSET}\n`);
  // Without these the broker looks through its logs anew.
  for (const file of [".kafka_cleanshutdown", "recovery-point-offset-checkpoint"]) {
    await rm(join(logFolder, file), { force: true });
  }
}

export function logSuite(broker: () => Broker): void {
  describe("a log of Apache Kafka", () => {
    test("with offsets beyond 2^53 is read exactly", async () => {
      const topic = await newTopic(broker().address);
      await topic.send(numbered(20));
      await broker().stop();
      await moveLog(broker().logFolder, `${topic.name}-0`);
      await broker().start();
      const stream = topic.stream();
      const first = await readAll(stream, {}, { rows: 7 });
      expect(placesOf(first.records)[0]).toBe("0:9007199254740993");
      expect(first.offsets).toEqual({ "0": "9007199254741000" });
      const rest = await readAll(stream, first.offsets);
      expect(rest.offsets).toEqual({ "0": "9007199254741013" });
      expect([...first.records, ...rest.records].map(({ key }) => textOf(key))).toEqual(
        numbered(20).map(({ key }) => key),
      );
      await stream.commit(rest.offsets);
      expect(await topic.committed()).toEqual({ "0": "9007199254741013" });
    });

    test("with transactions ends behind the last mark and holds nothing that was aborted", async () => {
      const topic = await newTopic(broker().address);
      const producer = quietKafka(broker().address).producer({
        transactionalId: topic.name,
        maxInFlightRequests: 1,
        idempotent: true,
      });
      await producer.connect();
      for (const [value, isKept] of [
        ["1", true],
        ["2", false],
        ["3", true],
        ["4", false],
      ] as const) {
        const transaction = await producer.transaction();
        await transaction.send({ topic: topic.name, messages: [{ key: "k", value }] });
        await (isKept ? transaction.commit() : transaction.abort());
      }
      const { records, offsets } = await readAll(topic.stream());
      expect(records.map(({ value }) => textOf(value))).toEqual(["1", "3"]);
      expect(offsets).toEqual({ "0": "8" });

      const open = await producer.transaction();
      await open.send({ topic: topic.name, messages: [{ key: "k", value: "5" }] });
      await topic.send([{ key: "k", value: "6" }]);
      // Behind an open transaction nothing is certain yet: reading ends before it and takes nothing from the next run.
      const waiting = await readAll(topic.stream({ idleSeconds: 3 }), offsets);
      expect(waiting).toEqual({ records: [], offsets });
      await open.commit();
      await producer.disconnect();
      const later = await readAll(topic.stream(), offsets);
      expect(later.records.map(({ value }) => textOf(value))).toEqual(["5", "6"]);
    });

    test("that is compacted has gaps and is read to its end", { timeout: 90_000 }, async () => {
      const config = {
        "cleanup.policy": "compact",
        "segment.ms": "300",
        "min.cleanable.dirty.ratio": "0.01",
        "min.compaction.lag.ms": "0",
        "delete.retention.ms": "0",
      };
      const topic = await newTopic(broker().address, { config });
      for (let round = 0; round < 6; round += 1) {
        await topic.send(
          [
            { key: "a", value: `a${round}` },
            { key: `only-${round}`, value: `b${round}` },
          ].map((each) => ({ ...each, time: Date.now() })),
        );
        await new Promise((resume) => setTimeout(resume, 400));
      }
      const until = Date.now() + 40_000;
      let read = await readAll(topic.stream({ idleSeconds: 3 }));
      while (read.records.length === 12 && Date.now() < until) {
        await new Promise((resume) => setTimeout(resume, 1_000));
        read = await readAll(topic.stream({ idleSeconds: 3 }));
      }
      expect(read.records.length).toBeLessThan(12);
      expect(read.offsets).toEqual({ "0": "12" });
      expect(textOf(read.records.findLast(({ key }) => textOf(key) === "a")?.value)).toBe("a5");
    });

    test.each(["gzip", "snappy", "lz4", "zstd", "uncompressed"])("with %s batches is unpacked", async (codec) => {
      const topic = await newTopic(broker().address, {
        config: { "compression.type": codec },
      });
      const random = Array.from({ length: 30 }, (_, n) => ({
        value: randomBytes(n * 997).toString(n % 2 ? "hex" : "latin1"),
      }));
      const values = [...random, ...numbered(50), { value: "long ".repeat(50_000) }];
      // The broker packs them anew.
      await topic.send(values);
      const { records } = await readAll(topic.stream());
      expect(records.map(({ value }) => textOf(value))).toEqual(values.map(({ value }) => value));
    });

    test("whose beginning is deleted while it is read is out of range, never a silent gap", async () => {
      const topic = await newTopic(broker().address);
      const pad = "x".repeat(2_000);
      for (let at = 0; at < 8; at += 1) await topic.send(numbered(250).map((each) => ({ ...each, value: pad })));
      let seen = 0;
      const reading = topic.stream({ idleSeconds: 3 }).read({}, ALL, async () => {
        seen += 1;
        if (seen === 10) await topic.deleteBefore(0, 1_900);
      });
      await expect(reading).rejects.toMatchObject({ code: "OFFSET_OUT_OF_RANGE" });
      expect(seen).toBeLessThan(1_900);
    });
  });
}
