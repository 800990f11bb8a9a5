import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { run } from "#actions/collect-data/index";
import { s3Bucket } from "#adapters/s3/bucket";
import { s3Store } from "#adapters/s3/object-store";
import { bucketSource } from "#core/data/collect/bucket-source";
import { collectFiles } from "#core/data/collect/collect-files";
import { DatasetRecord } from "#core/data/collect/dataset-record";
import { digestOf } from "#core/digest";
import type { Bucket } from "#core/ports/bucket";
import { filesIn, workshop } from "#test/core/data/collect/support/workshop";
import { recordingRunner } from "#test/kit/support/recording-runner";
import { temporaryFolder } from "#test/support/temporary-folder";
import { ownCertificate } from "./bucket-suite.ts";
import type { Fault } from "./fault-proxy.ts";
import { BUCKET, everyKey, fileOf, hasty, type Scene } from "./scene.ts";

const JANUARY = "id,speed\n1,10\n";
const FEBRUARY = "id,speed\n2,20\n3,30\n";
const OBJECTS = { "d/m=1/a.csv": JANUARY, "d/m=2/b.csv": FEBRUARY, "d/_SUCCESS": "", "other.csv": "x\n1\n" };

async function fill(bucket: Bucket, objects: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, text] of Object.entries(objects)) await bucket.put(key, await fileOf(Buffer.from(text)), "once");
}

/** Collecting from a bucket and into one. */
export function describeCollecting(name: string, { options, newBucket, broken, running }: Scene): void {
  describe("collecting", () => {
    /** Collects `d/` of a bucket into a folder; says how it ended and what is left. */
    async function collectFrom(bucket: Bucket) {
      const { ports, request, left } = await workshop({});
      const origin = { kind: "s3", bucket: BUCKET, patterns: ["d/"] } as const;
      const source = bucketSource(bucket, origin.patterns);
      const end = await collectFiles({ ...ports(), source }, { ...request, origin }).catch((error: unknown) => error);
      return { end, left: await left() };
    }

    test("objects below a prefix become a snapshot in a folder", async () => {
      const bucket = newBucket();
      await fill(bucket, OBJECTS);
      const { end, left } = await collectFrom(bucket);
      expect(end).toMatchObject({
        kind: "collected",
        record: {
          rows: 3,
          columns: [{ name: "id" }, { name: "speed" }, { name: "m" }],
          files: [{ path: "m=1/a.csv" }, { path: "m=2/b.csv" }],
          source: { objects: [{ key: "d/m=1/a.csv", size: JANUARY.length, digest: digestOf(JANUARY) }, {}] },
        },
      });
      expect(left).toMatchObject({ record: true, kept: { length: 3 } });
    });

    const BUSY: Fault = { kind: "status", status: 503, code: "SlowDown" };
    const isObject = (url = "") => url.includes("b.csv");

    test.each<[string, Fault]>([
      ["503 SlowDown", BUSY],
      ["404", { kind: "status", status: 404, code: "NoSuchKey" }],
      ["a truncated body", { kind: "cut", bytes: 5 }],
      ["a changed byte", { kind: "flip" }],
    ])("F-12 %s of one object of two: mended it passes, unmended nothing is left", async (_, fault) => {
      const mended = await broken(({ url }, earlier) => (isObject(url) && earlier < 1 ? fault : undefined));
      await fill(mended.direct, OBJECTS);
      const passed = await collectFrom(mended.faulty);
      // Other bytes under the digest that the object carries are not asked for again.
      if (fault.kind !== "flip") expect(passed.end).toMatchObject({ kind: "collected", record: { rows: 3 } });
      const never = await broken(({ url }) => (isObject(url) ? fault : undefined));
      await fill(never.direct, OBJECTS);
      const { end, left } = await collectFrom(never.faulty);
      expect(end).toMatchObject({ code: expect.stringMatching(/^(?:STORE_UNAVAILABLE|OBJECT_(?:MISSING|CORRUPT))$/) });
      expect(left).toEqual({ kept: [], record: false });
    });

    test("F-12 a listing that fails is no short listing", async () => {
      const { direct, faulty } = await broken(({ url = "" }) => (url.includes("list-type") ? BUSY : undefined));
      await fill(direct, OBJECTS);
      const { end, left } = await collectFrom(faulty);
      expect(end).toMatchObject({ code: "STORE_UNAVAILABLE" });
      expect(left).toEqual({ kept: [], record: false });
    });

    test("a folder becomes a snapshot in a bucket, once; F-12 with a store that breaks there is no record", async () => {
      const {
        options: place,
        direct,
        proxy,
      } = await broken(({ method, url = "" }, earlier) =>
        method === "PUT" && url.includes("sha256") && earlier >= 1 ? BUSY : undefined,
      );
      const { ports, request, record, left } = await workshop({ "d/a.csv": JANUARY, "d/b.csv": FEBRUARY });
      const failing = s3Store({ ...place, endpoint: proxy.endpoint }, hasty);
      const first = collectFiles({ ...ports("d/"), store: failing }, request);
      await expect(first).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      expect((await left()).record).toBe(false);

      const store = s3Store(place, hasty);
      await collectFiles({ ...ports("d/"), store }, request);
      const { digest, files } = await record();
      expect(await everyKey(direct)).toEqual(
        [digest, ...files.map((file) => file.digest)].map((each) => `sha256/${each.slice(7)}`).sort(),
      );
      expect(await collectFiles({ ...ports("d/"), store }, request)).toMatchObject({ kind: "unchanged" });
      const copy = join(await temporaryFolder(), "list");
      await store.get(digest, copy);
      expect(await readFile(copy, "utf8")).toBe(
        files.map(({ path, size, digest: each }) => `${path} ${size} ${each.slice(7)}\n`).join(""),
      );
    });

    /** The whole action with its own wiring. */
    async function act(
      folder: string,
      given: Readonly<Record<string, string>>,
      secret = running().keys.secretAccessKey,
    ) {
      vi.stubEnv("AWS_ACCESS_KEY_ID", running().keys.accessKeyId);
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", secret);
      onTestFinished(() => void vi.unstubAllEnvs());
      const inputs = { name: "trips", "working-directory": folder, endpoint: running().endpoint, ...given };
      const recording = recordingRunner(inputs);
      await run(recording.runner);
      return recording;
    }

    test("the action reads one bucket's prefix and writes to another", async () => {
      const [from, to] = [options(), options()];
      await fill(s3Bucket(from), OBJECTS);
      const { work, kept } = await workshop({});
      const given = { source: `${from.url}/d/m=2/*.csv`, destination: to.url, output: "now.csv" };
      const { failures, finishes } = await act(work, given);
      expect(failures).toEqual([]);
      expect(finishes).toMatchObject([{ outputs: { rows: 2, digest: digestOf(FEBRUARY), changed: true } }]);
      expect(DatasetRecord.parse(finishes[0]?.document)).toMatchObject({ files: [{ path: "m=2/b.csv" }] });
      expect(await everyKey(s3Bucket(to))).toEqual([`sha256/${digestOf(FEBRUARY).slice(7)}`]);
      expect(await filesIn(work)).toEqual(["datasets/trips.json", "now.csv"]);
      expect(await filesIn(kept)).toEqual([]);
    });

    test(
      name === "moto" ? "takes a wrong secret, so it proves nothing" : "refuses a wrong secret on either side",
      async () => {
        const [from, to] = [options(), options()];
        await fill(s3Bucket(from), OBJECTS);
        for (const given of [
          { source: `${from.url}/d/`, destination: "store" },
          { source: "a.csv", destination: to.url },
        ]) {
          const { work } = await workshop({ "a.csv": JANUARY });
          const { failures } = await act(work, given, "not-the-secret-of-this-user");
          if (name === "moto") {
            expect(failures).toEqual([]);
            continue;
          }
          expect(failures).toMatchObject([{ exitCode: 2, code: "STORE_REFUSED" }]);
          expect(JSON.stringify(failures)).not.toContain("not-the-secret");
          expect(await filesIn(work)).toEqual(["a.csv"]);
          expect(await everyKey(s3Bucket(to))).toEqual([]);
        }
      },
    );

    test("the web is read over TLS with a certificate of one's own, and only with it", async () => {
      const tls = await ownCertificate();
      const server = createServer(tls, (_, response) => void response.end(JANUARY));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      onTestFinished(() => void server.close());
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { work } = await workshop({});
      const given = { source: `https://${host}/a.csv`, destination: "store", "allow-hosts": host };
      expect((await act(work, given)).failures).toMatchObject([{ exitCode: 2, code: "SOURCE_REFUSED" }]);
      expect(await filesIn(work)).toEqual([]);
      expect((await act(work, { ...given, "ca-file": tls.file })).failures).toEqual([]);
    });
  });
}
