import { randomBytes } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ALL, numbered, placesOf, readAll, textOf } from "../../adapters/kafka/event-stream-suite.ts";
import { type Broker, quietKafka } from "./broker.ts";
import { collect, workFolder } from "./collected.ts";
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

    test("that the console producer packed, each time otherwise, is unpacked", async () => {
      const topic = await newTopic(broker().address);
      const codecs = ["gzip", "snappy", "lz4", "zstd", "none"];
      const values = (codec: string) => Array.from({ length: 400 }, (_, n) => `${codec} ${n} ${"pad ".repeat(n)}`);
      for (const codec of codecs) {
        const line = ["--bootstrap-server", broker().address, "--topic", topic.name, "--compression-codec", codec];
        await broker().tool("org.apache.kafka.tools.ConsoleProducer", line, `${values(codec).join("\n")}\n`);
      }
      const { records } = await readAll(topic.stream());
      expect(records.map(({ value }) => textOf(value))).toEqual(codecs.flatMap(values));
    });

    test("without a record ends at once and makes no snapshot", async () => {
      const topic = await newTopic(broker().address, { partitions: 2 });
      expect(await readAll(topic.stream())).toEqual({ records: [], offsets: { "0": "0", "1": "0" } });
      const folder = await workFolder();
      expect(await collect(topic, folder)).toEqual({ kind: "unchanged", record: undefined, commitProblem: undefined });
      expect(await readdir(join(folder, "records"))).toEqual([]);
    });

    test("that stamps records itself gives its own time, not the producer's", async () => {
      const topic = await newTopic(broker().address, { config: { "message.timestamp.type": "LogAppendTime" } });
      await topic.send(numbered(3));
      const { records } = await readAll(topic.stream());
      const years = records.map(({ timestamp }) => timestamp.getFullYear());
      expect(numbered(3).map(({ time }) => new Date(time ?? 0).getFullYear())).toEqual([1970, 1970, 1970]);
      expect(years.every((year) => year > 2020)).toBe(true);
    });

    test("with a record that has headers alone hands it over as a tombstone of no key", async () => {
      const topic = await newTopic(broker().address);
      const producer = quietKafka(broker().address).producer();
      await producer.connect();
      const messages = [
        { key: null, value: null, headers: { trace: "1", again: ["2", "3"] } },
        { key: "a", value: '{"n":1}', headers: { trace: "4" } },
      ];
      await producer.send({ topic: topic.name, messages });
      await producer.disconnect();
      const { records } = await readAll(topic.stream());
      expect(records.map(({ key, value }) => [textOf(key), textOf(value)])).toEqual([
        [undefined, undefined],
        ["a", '{"n":1}'],
      ]);
      const folder = await workFolder();
      expect(await collect(topic, folder)).toMatchObject({ kind: "collected", record: { messages: 2, rows: 1 } });
    });

    test.each(["for good", "and made anew, shorter"])(
      "that is deleted while it is read is no end (%s)",
      async (how) => {
        const topic = await newTopic(broker().address);
        const pad = "x".repeat(2_000);
        const fill = async () => {
          for (let at = 0; at < 8; at += 1) await topic.send(numbered(250).map((each) => ({ ...each, value: pad })));
        };
        await fill();
        let seen = 0;
        const reading = topic.stream({ idleSeconds: 3 }).read({}, ALL, async () => {
          seen += 1;
          if (seen !== 10) return;
          await topic.remove();
          if (how === "and made anew, shorter") await topic.make();
        });
        await expect(reading).rejects.toMatchObject({
          code: how === "for good" ? "TOPIC_MISSING" : "OFFSET_OUT_OF_RANGE",
        });
      },
    );

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
