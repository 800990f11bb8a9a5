import { readFile, truncate, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { s3Bucket } from "#adapters/s3/bucket";
import { environmentCredentials } from "#adapters/s3/credentials";
import { measureParts } from "#adapters/s3/local-file";
import { partSizeFor } from "#adapters/s3/part-size";
import { temporaryFolder } from "#test/support/temporary-folder";
import { bucketThat, copyIn, environment, says } from "./support/bucket-that.ts";

describe("an upload", () => {
  test("is sent with the digest of its bytes, and again from the start after a failure", async () => {
    const bodies: string[] = [];
    const heads: IncomingMessage["headers"][] = [];
    const { bucket } = await bucketThat(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      bodies.push(Buffer.concat(chunks).toString());
      heads.push(request.headers);
      if (bodies.length === 1) says(500, "InternalError")(request, response);
      else response.end();
    });
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "model");
    expect(await bucket.put("x", file, "once")).toBe("stored");
    expect(bodies).toEqual(["model", "model"]);
    const sha256 = "9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4";
    expect(heads[0]).toMatchObject({ "x-amz-content-sha256": sha256, "content-length": "5", "if-none-match": "*" });
  });

  test("a server that refuses before it has read the body is heard", async () => {
    const { bucket } = await bucketThat(says(403, "AccessDenied"));
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, Buffer.alloc(30_000_000));
    await expect(bucket.put("x", file, "replace")).rejects.toThrow(/permission s3:PutObject/);
  });

  test("a file that is missing or a folder is told, and nothing is sent", async () => {
    const { bucket } = await bucketThat(() => expect.unreachable());
    const folder = await temporaryFolder();
    await expect(bucket.put("x", join(folder, "none"), "once")).rejects.toMatchObject({ code: "FILE_MISSING" });
    await expect(bucket.put("x", folder, "once")).rejects.toMatchObject({ code: "FILE_REFUSED" });
  });

  test("a file that became shorter is not sent as if it were whole", async () => {
    const file = join(await temporaryFolder(), "file");
    await writeFile(file, "0123456789");
    const { parts } = await measureParts(file, 4);
    expect(parts.map(({ size }) => size)).toEqual([4, 4, 2]);
    await truncate(file, 5);
    const read = (index: number) => parts[index]?.open().toArray() ?? Promise.resolve([]);
    expect(Buffer.concat((await read(0)) as Buffer[]).toString()).toBe("0123");
    await expect(read(1)).rejects.toMatchObject({ code: "FILE_CHANGED" });
  });

  test("is cut into parts above 64 MiB only", async () => {
    const file = join(await temporaryFolder(), "file");
    const size = async (bytes: number) => {
      await writeFile(file, "");
      await truncate(file, bytes);
      return await partSizeFor(file);
    };
    const mebibyte = 1024 ** 2;
    expect(await size(64 * mebibyte)).toBeGreaterThan(64 * mebibyte);
    expect(await size(64 * mebibyte + 1)).toBe(16 * mebibyte);
    expect(await size(400 * 1024 * mebibyte)).toBe(41 * mebibyte);
  });
});

describe("the place of one's own", () => {
  test("a file that is no certificate is told", async () => {
    const caFile = join(await temporaryFolder(), "ca.pem");
    const make = () =>
      s3Bucket({
        url: "s3://data",
        caFile,
        credentials: environmentCredentials(environment),
        endpoint: "https://localhost",
      });
    expect(make).toThrow(/cannot be read/);
    await writeFile(caFile, "none");
    expect(make).toThrow(/holds no certificate/);
  });

  test("the bytes of a download are those of the object, whatever stood there before", async () => {
    const { bucket } = await bucketThat((_, response) => response.end("new"));
    const { copy, left } = await copyIn();
    await writeFile(copy, "old and longer");
    expect(await bucket.get("x", copy)).toMatchObject({ size: 3 });
    expect(await readFile(copy, "utf8")).toBe("new");
    expect(await left()).toEqual(["copy"]);
  });
});
