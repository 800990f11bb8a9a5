import { describe, expect, test } from "vitest";
import { s3Bucket } from "#adapters/s3/bucket";
import { environmentCredentials } from "#adapters/s3/credentials";
import { realSurroundings } from "#adapters/s3/surroundings";
import { bucketThat, copyIn, environment, type Handle, says } from "./support/bucket-that.ts";

describe("F-42: a server that does not go on", () => {
  test("one that never answers is left after the time for silence", async () => {
    const { bucket, waits } = await bucketThat(() => undefined, { idleSeconds: 0.05 });
    const { copy } = await copyIn();
    await expect(bucket.get("x", copy)).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: /silent for 0.05 s/,
    });
    expect(waits).toHaveLength(5);
  });

  test("one that stops in the middle leaves no file", async () => {
    const half: Handle = (_, response) => {
      response.writeHead(200, { "content-length": 10 }).write("12345");
    };
    const { bucket } = await bucketThat(half, { idleSeconds: 0.05 });
    const { copy, left } = await copyIn();
    await expect(bucket.get("x", copy)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(await left()).toEqual([]);
  });

  test("one that gives a byte now and then is cut by the time for the whole", async () => {
    const timers: NodeJS.Timeout[] = [];
    const drip: Handle = (_, response) => {
      response.writeHead(200, { "content-length": 1_000 });
      timers.push(setInterval(() => response.write("."), 10));
    };
    const { bucket } = await bucketThat(drip, { callSeconds: 0.1 });
    const { copy } = await copyIn();
    await expect(bucket.get("x", copy)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    for (const timer of timers) clearInterval(timer);
  });

  test("no one there: says where, after waiting as long as the server asked before", async () => {
    const { bucket, waits } = await bucketThat(says(503, "SlowDown", { "retry-after": "3" }));
    const { copy } = await copyIn();
    await expect(bucket.get("x", copy)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(waits).toEqual([3_000, 3_000, 3_000, 3_000, 3_000]);
    const gone = s3Bucket(
      { url: "s3://data", endpoint: "http://127.0.0.1:1", credentials: environmentCredentials(environment) },
      { ...realSurroundings, pause: async () => undefined },
    );
    await expect(gone.get("x", copy)).rejects.toThrow(/127\.0\.0\.1:1: ECONNREFUSED/);
  });
});
