import { describe, expect, test } from "vitest";
import type { StreamRecord } from "#core/ports/event-stream";
import type { MemoryMessage } from "#test/support/fakes/event-stream";
import { ALL, readAll } from "../../adapters/kafka/event-stream-suite.ts";
import type { Broker } from "./broker.ts";
import { byPartition, everyPlace } from "./group.ts";
import { newTopic } from "./topics.ts";

const ROWS = 2_000;
// One fetch brings a mebibyte of a partition, so these take several.
const large = (partition: number): MemoryMessage[] =>
  Array.from({ length: ROWS }, (_, n) => ({
    partition,
    key: `k${n}`,
    value: `{"n":${n},"pad":"${"x".repeat(2_000)}"}`,
  }));

async function largeTopic(address: string) {
  const topic = await newTopic(address, { partitions: 2 });
  for (const partition of [0, 1]) {
    const all = large(partition);
    for (let at = 0; at < all.length; at += 250) await topic.send(all.slice(at, at + 250));
  }
  return topic;
}

export function outageSuite(broker: () => Broker): void {
  describe("F-11 a broker that goes away", () => {
    test.each(["ask", "kill"] as const)("and comes back in the middle costs no record (%s)", async (how) => {
      const topic = await largeTopic(broker().address);
      const records: StreamRecord[] = [];
      let restart: Promise<void> | undefined;
      const offsets = await topic.stream().read({}, ALL, async (record) => {
        records.push(record);
        if (records.length === 300) {
          restart = broker()
            .stop(how)
            .then(() => broker().start());
        }
        if (records.length % 10 === 0) await new Promise((resume) => setTimeout(resume, 5));
      });
      await restart;
      expect(restart).toBeDefined();
      expect(offsets).toEqual({ "0": String(ROWS), "1": String(ROWS) });
      expect(byPartition(records)).toEqual(everyPlace(ROWS, 2));
    });

    test("for good is unavailable, and nothing is lost by it", async () => {
      const topic = await largeTopic(broker().address);
      const stream = topic.stream({ patienceSeconds: 4 });
      let seen = 0;
      const reading = stream.read({}, ALL, async () => {
        seen += 1;
        if (seen === 100) await broker().stop("kill");
      });
      await expect(reading).rejects.toMatchObject({ code: "STREAM_UNAVAILABLE" });
      await expect(stream.commit({ "0": "5" })).rejects.toMatchObject({ code: "STREAM_UNAVAILABLE" });
      await expect(readAll(stream)).rejects.toMatchObject({ code: "STREAM_UNAVAILABLE" });
      await broker().start();
      expect(byPartition((await readAll(topic.stream())).records)).toEqual(everyPlace(ROWS, 2));
    });

    test("and is not back when the time is up is unavailable, not an end", async () => {
      const topic = await largeTopic(broker().address);
      let seen = 0;
      const reading = topic.stream({ patienceSeconds: 60 }).read({}, { ...ALL, seconds: 12 }, async () => {
        seen += 1;
        if (seen === 100) await broker().stop("kill");
      });
      await expect(reading).rejects.toMatchObject({ code: "STREAM_UNAVAILABLE" });
      await broker().start();
    });
  });
}
