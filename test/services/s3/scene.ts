import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { s3Bucket } from "#adapters/s3/bucket";
import { environmentCredentials } from "#adapters/s3/credentials";
import { realSurroundings } from "#adapters/s3/surroundings";
import type { Bucket } from "#core/ports/bucket";
import { seededRandom } from "#core/random";
import { temporaryFolder } from "#test/support/temporary-folder";
import { type FaultAt, faultProxy } from "./fault-proxy.ts";
import type { S3Server } from "./server.ts";

export const BUCKET = "tidemark-test";

/** The real waits are too long for a test; that they are right is checked apart. */
export const hasty = { ...realSurroundings, pause: () => realSurroundings.pause(5) };

let places = 0;

export type Scene = ReturnType<typeof sceneAt>;

/** Buckets of a server, which runs by the time one is asked for. */
export function sceneAt(running: () => S3Server) {
  const options = (more: { endpoint?: string; url?: string; secret?: string; caFile?: string } = {}) => ({
    // Each test has a prefix of its own.
    url: more.url ?? `s3://${BUCKET}/test-${++places}`,
    endpoint: more.endpoint ?? running().endpoint,
    caFile: more.caFile,
    credentials: environmentCredentials({
      AWS_ACCESS_KEY_ID: running().keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: more.secret ?? running().keys.secretAccessKey,
    }),
  });
  const newBucket = (more?: Parameters<typeof options>[0]) => s3Bucket(options(more), hasty);

  /** The same prefix seen directly and through faults. */
  async function broken(faultAt: FaultAt) {
    const direct = options();
    const proxy = await faultProxy(running().endpoint, faultAt);
    return {
      proxy,
      options: direct,
      direct: s3Bucket(direct, hasty),
      faulty: s3Bucket({ ...direct, endpoint: proxy.endpoint }, hasty),
    };
  }

  return { options, newBucket, broken, running };
}

export function bytes(size: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const block = Buffer.from(Uint8Array.from({ length: Math.min(size, 65_537) }, () => Math.floor(random() * 256)));
  return Buffer.alloc(size, block);
}

export async function fileOf(content: Buffer): Promise<string> {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, content);
  return file;
}

export async function putAll(bucket: Bucket, keys: readonly string[]): Promise<void> {
  const file = await fileOf(Buffer.from("x"));
  const todo = keys.values();
  const lane = async () => {
    for (const key of todo) await bucket.put(key, file, "replace");
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

export async function everyKey(bucket: Bucket, prefix = ""): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list(prefix)) keys.push(key);
  return keys;
}
