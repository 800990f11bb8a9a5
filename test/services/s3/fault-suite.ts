import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { s3Bucket } from "#adapters/s3/bucket";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { type Fault, type FaultAt, faultProxy } from "./fault-proxy.ts";
import { rawRequest } from "./raw-request.ts";
import { BUCKET, bytes, everyKey, fileOf, hasty, putAll, type Scene } from "./scene.ts";

const MISSING = { status: 404, code: "NoSuchKey", kind: "status" } as const satisfies Fault;
const BUSY = { status: 503, code: "SlowDown", kind: "status" } as const satisfies Fault;

/** The same when the network, or the server, does not do its part. */
export function describeFaults({ broken, running }: Scene): void {
  describe("F-12: a bucket behind a bad network", () => {
    const content = bytes(3_000_000, 7);

    async function getThrough(faultAt: FaultAt) {
      const { direct, faulty } = await broken(faultAt);
      await direct.put("data", await fileOf(content), "once");
      const folder = await temporaryFolder();
      const end = await faulty.get("data", join(folder, "copy")).then(
        ({ digest }) => digest as string,
        (error: { code: string }) => error.code,
      );
      return { end, left: await readdir(folder) };
    }

    test.each<[string, Fault]>([
      ["503 SlowDown", { ...BUSY, retryAfter: "0" }],
      ["500", { kind: "status", status: 500, code: "InternalError" }],
      ["429", { kind: "status", status: 429, code: "TooManyRequests" }],
      ["404", MISSING],
      ["a truncated body", { kind: "cut", bytes: 1_000_000 }],
      ["a changed byte", { kind: "flip" }],
    ])("gets the object after %s twice", async (_, fault) => {
      const got = await getThrough((_request, earlier) => (earlier < 2 ? fault : undefined));
      expect(got).toEqual({ end: digestOf(content), left: ["copy"] });
    });

    test.each<[string, Fault, string]>([
      ["503 SlowDown", BUSY, "STORE_UNAVAILABLE"],
      ["a truncated body", { kind: "cut", bytes: 1_000_000 }, "STORE_UNAVAILABLE"],
      ["another length", { kind: "header", name: "content-length", value: "4000000" }, "STORE_UNAVAILABLE"],
      ["a changed byte", { kind: "flip" }, "OBJECT_CORRUPT"],
      ["404", MISSING, "OBJECT_MISSING"],
    ])("leaves no file when %s does not end", async (_, fault, code) => {
      expect(await getThrough(() => fault)).toEqual({ end: code, left: [] });
    });

    test("an ETag that is not the bytes' fails an object without a digest of ours, and no other", async () => {
      const wrong: Fault = { kind: "header", name: "etag", value: `"${"0".repeat(32)}"` };
      expect((await getThrough(() => wrong)).end).toBe(digestOf(content));
      const { options: place, direct, faulty } = await broken(() => wrong);
      await rawRequest(running(), "PUT", `/${BUCKET}${place.url.slice(`s3://${BUCKET}`.length)}/foreign`, "text");
      const folder = await temporaryFolder();
      await expect(faulty.get("foreign", join(folder, "copy"))).rejects.toMatchObject({ code: "OBJECT_CORRUPT" });
      expect(await readdir(folder)).toEqual([]);
      expect(await direct.get("foreign", join(folder, "copy"))).toEqual({ size: 4, digest: digestOf("text") });
    });

    test("an upload in parts whose ETag is wrong fails, and nothing of it stays", async () => {
      const isPart = (url = "") => url.includes("partNumber=2");
      const wrong: Fault = { kind: "header", name: "etag", value: `"${"0".repeat(32)}"` };
      const { direct, faulty } = await broken(({ url }) => (isPart(url) ? wrong : undefined));
      const file = await fileOf(bytes(70_000_000, 3));
      await expect(faulty.put("large", file, "once")).rejects.toMatchObject({ code: "STORE_REFUSED" });
      expect(await everyKey(direct)).toEqual([]);
      expect(await rawRequest(running(), "GET", `/${BUCKET}?uploads`)).not.toContain("<Upload>");
    });

    test("an upload in parts survives a lost answer to each of its steps", async () => {
      const { proxy, direct, faulty } = await broken((request, earlier) =>
        earlier === 0 && request.method !== "HEAD" ? { kind: "lost" } : undefined,
      );
      const content = bytes(70_000_000, 4);
      expect(await faulty.put("large", await fileOf(content), "once")).toBe("stored");
      const copy = join(await temporaryFolder(), "copy");
      expect((await direct.get("large", copy)).digest).toBe(digestOf(content));
      expect(proxy.seen.filter((line) => line.startsWith("PUT")).length).toBeGreaterThan(5);
      await abandonUploads();
    });

    /** The answer that was lost was the one with the upload's name, so no client could end that one. */
    async function abandonUploads(): Promise<void> {
      const listed = await rawRequest(running(), "GET", `/${BUCKET}?uploads`);
      for (const [, key = "", id = ""] of listed.matchAll(/<Key>([^<]+)<\/Key>\s*<UploadId>([^<]+)</g)) {
        await rawRequest(running(), "DELETE", `/${BUCKET}/${key}?uploadId=${encodeURIComponent(id)}`);
      }
    }

    test("a put whose answer was lost is its own, not another's", async () => {
      const { direct, faulty } = await broken((_, earlier) => (earlier === 0 ? { kind: "lost" } : undefined));
      expect(await faulty.put("record", await fileOf(bytes(100, 5)), "once")).toBe("stored");
      expect(await direct.put("record", await fileOf(bytes(100, 6)), "once")).toBe("exists");
    });

    test("a put goes on after SlowDown, and says so when it does not end", async () => {
      const { faulty } = await broken((_, earlier) => (earlier < 3 ? BUSY : undefined));
      expect(await faulty.put("a", await fileOf(content), "once")).toBe("stored");
      const { direct, faulty: never } = await broken(() => BUSY);
      await expect(never.put("a", await fileOf(content), "once")).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      expect(await everyKey(direct)).toEqual([]);
    });

    test("a listing whose second page fails goes on, or fails as a whole", async () => {
      const isSecond = (url = "") => url.includes("continuation-token");
      const keys = Array.from({ length: 1_100 }, (_, index) => `k${String(index).padStart(5, "0")}`);
      const once = await broken(({ url }, earlier) => (isSecond(url) && earlier === 0 ? BUSY : undefined));
      await putAll(once.direct, keys);
      expect(await everyKey(once.faulty)).toEqual(keys);
      const proxy = await faultProxy(running().endpoint, ({ url }) => (isSecond(url) ? BUSY : undefined));
      const never = s3Bucket({ ...once.options, endpoint: proxy.endpoint }, hasty);
      await expect(everyKey(never)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    });
  });
}
