import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { folderStore } from "#adapters/filesystem/folder-store";
import { registryDecoder } from "#adapters/kafka/decoder";
import type { ObjectStore } from "#core/ports/object-store";
import { numbered } from "../../adapters/kafka/event-stream-suite.ts";
import { fakeRegistry } from "../../adapters/kafka/fake-registry.ts";
import type { Broker } from "./broker.ts";
import type { Task } from "./collect-once.ts";
import { collect, linesOf, recordIn, workFolder } from "./collected.ts";
import { newTopic } from "./topics.ts";

const ROWS = 2_000;

/** Runs the collector; when it stands still where the task says, it is killed. */
function run(task: Task): Promise<string> {
  const program = join(import.meta.dirname, "collect-once.ts");
  const child = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ["ignore", "pipe", "pipe"] });
  let last = "";
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  createInterface(child.stdout).on("line", (line) => {
    last = line;
    if (line.startsWith("reached")) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code, signal) =>
      code === 0 || signal === "SIGKILL"
        ? resolve(last)
        : reject(new Error(`the collector ended with ${code}: ${errors}`)),
    );
  });
}

export function collectingSuite(broker: () => Broker): void {
  describe("F-11 collecting from Apache Kafka", () => {
    test("a collector killed at any step loses no row and takes none twice", { timeout: 200_000 }, async () => {
      const topic = await newTopic(broker().address, { partitions: 2 });
      const value = (partition: number, n: number) => `{"id":"${partition}-${n}"}`;
      const send = (partition: number, from: number, count: number) =>
        topic.send(Array.from({ length: count }, (_, at) => ({ partition, value: value(partition, from + at) })));
      for (const partition of [0, 1]) await send(partition, 0, ROWS);
      const folder = await workFolder();
      const task = { address: broker().address, topic: topic.name, group: topic.group, folder };
      const rows: string[] = [];
      const parents: (string | null)[] = [];
      const seen = new Set<string>();
      const look = async () => {
        const record = await recordIn(folder);
        if (record === undefined || seen.has(record.digest)) return;
        seen.add(record.digest);
        parents.push(record.parent);
        const lines = await linesOf(folder, record);
        expect(lines).toHaveLength(record.rows);
        rows.push(...lines);
      };
      for (const standAt of [700, "store", "record", "commit", 3, "record"] as const) {
        expect(await run({ ...task, standAt })).toBe(`reached ${standAt}`);
        await look();
      }
      for (let last = ""; !last.includes("unchanged"); ) {
        last = await run(task);
        expect(JSON.parse(last).commitProblem).toBeUndefined();
        await look();
      }
      const everything = [0, 1].flatMap((p) => Array.from({ length: ROWS }, (_, n) => value(p, n)));
      expect(rows.toSorted()).toEqual(everything.toSorted());
      expect(parents).toEqual([null, ...seen].slice(0, seen.size));
      expect(await topic.committed()).toEqual({ "0": String(ROWS), "1": String(ROWS) });
      // Whatever was cut off left its temporary files, never a half object under a digest.
      for (const name of await readdir(join(folder, "store", "sha256"))) expect(name).toMatch(/^[0-9a-f]{64}$/);
    });

    test("duplicates, tombstones, reordered times, poison and unknown schemas end as they should", async () => {
      const registry = await fakeRegistry();
      const id = await registry.register({
        type: "record",
        name: "Click",
        fields: [
          { name: "user", type: "string" },
          { name: "n", type: "long" },
        ],
      });
      const topic = await newTopic(broker().address, { partitions: 2 });
      const click = (user: string, n: number) => registry.encode(id, { user, n });
      await topic.send([
        { partition: 0, key: "a", value: await click("a", 1), time: 5_000 },
        { partition: 0, key: "b", value: await click("b", 1), time: 4_000 },
        { partition: 0, key: "a", value: await click("a", 2), time: 1_000 },
        { partition: 0, key: "b", value: null, time: 4_500 },
        { partition: 0, key: "c", value: Buffer.from([0, 0, 0, 0, 99, 1, 2]), time: 6_000 },
        { partition: 0, key: "d", value: Buffer.from([0, 0, 0, 0, id, 255, 255, 255, 255]), time: 6_000 },
        { partition: 0, key: "e", value: "not in wire format", time: 6_000 },
        { partition: 1, key: "f", value: await click("f", 2 ** 40), time: 9_000 },
      ]);
      const folder = await workFolder();
      const outcome = await collect(topic, folder, { decoder: registryDecoder({ url: registry.url }) });
      const record = await recordIn(folder);
      if (record === undefined) throw new Error("no record was written");
      expect(outcome).toEqual({ kind: "collected", record, commitProblem: undefined });
      expect(await linesOf(folder, record)).toEqual(["n,user", "2,a", "1099511627776,f"]);
      expect(record).toMatchObject({ messages: 8, rows: 2, duplicates: 2, tombstones: 1, parent: null });
      expect(record.poison).toEqual({
        count: 3,
        reasons: { BAD_BYTES: 1, NOT_WIRE_FORMAT: 1, UNKNOWN_SCHEMA: 1 },
        kept: [
          { partition: 0, offset: "4", reason: "UNKNOWN_SCHEMA" },
          { partition: 0, offset: "5", reason: "BAD_BYTES" },
          { partition: 0, offset: "6", reason: "NOT_WIRE_FORMAT" },
        ],
      });
      expect(await topic.committed()).toEqual({ "0": "7", "1": "1" });
      expect(await readdir(join(folder, "scratch"))).toEqual([]);
    });

    test("a broker that cannot be told leaves the snapshot as it is", async () => {
      const topic = await newTopic(broker().address);
      await topic.send(numbered(3));
      const folder = await workFolder();
      const store = folderStore(join(folder, "store"));
      const stopFirst: ObjectStore["put"] = async (digest, file) => {
        await broker().stop("kill");
        await store.put(digest, file);
      };
      const outcome = await collect(topic, folder, {
        stream: topic.stream({ patienceSeconds: 2 }),
        store: { ...store, put: stopFirst },
      });
      await broker().start();
      expect(outcome).toMatchObject({
        kind: "collected",
        record: { rows: 3 },
        commitProblem: expect.stringContaining("did not answer"),
      });
    });
  });
}
