import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { run } from "./child.ts";
import { faultProxy } from "./fault-proxy.ts";
import { bytes, everyKey, fileOf, putAll, type Scene } from "./scene.ts";

/** What any S3 server must do for a bucket. */
export function describeBucket(name: string, { options, newBucket, broken, running }: Scene): void {
  describe("a bucket", () => {
    test.each([0, 1, 5_000_000, 70_000_000])("gives back %i bytes, put once and replaced", async (size) => {
      const bucket = newBucket();
      const [first, second] = [bytes(size, 1), bytes(size, 2)];
      const file = await fileOf(first);
      expect(await bucket.put("data.bin", file, "once")).toBe("stored");
      const copy = join(await temporaryFolder(), "deep", "copy");
      expect(await bucket.get("data.bin", copy)).toEqual({ size, digest: digestOf(first) });
      expect((await readFile(copy)).equals(first)).toBe(true);

      const other = await fileOf(second);
      expect(await bucket.put("data.bin", other, "once")).toBe("exists");
      expect((await bucket.get("data.bin", copy)).digest).toBe(digestOf(first));
      expect(await bucket.put("data.bin", other, "replace")).toBe("stored");
      expect((await bucket.get("data.bin", copy)).digest).toBe(digestOf(second));
      expect(await everyKey(bucket)).toEqual(["data.bin"]);
    });

    test("lists 2,500 keys over three pages in the order of their bytes", async () => {
      const { proxy, direct, faulty } = await broken(() => undefined);
      const keys = Array.from({ length: 2_500 }, (_, index) => `${index % 7}/ü ${index}.csv`);
      await putAll(direct, keys);
      await direct.put("other", await fileOf(bytes(9, 1)), "once");
      const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(await everyKey(faulty)).toEqual([...sorted, "other"]);
      expect(proxy.seen).toHaveLength(3);
      expect(await everyKey(faulty, "3/")).toEqual(sorted.filter((key) => key.startsWith("3/")));
      expect(await everyKey(faulty, "nothing")).toEqual([]);
      for await (const one of direct.list("other")) {
        expect(one).toMatchObject({ key: "other", size: 9 });
        expect(Math.abs(Date.parse(one.modifiedAt) - Date.now())).toBeLessThan(600_000);
      }
    });

    test("stores the file of one of ten racers and tells the other nine", async () => {
      const bucket = newBucket();
      const racers = Array.from({ length: 10 }, (_, racer) => bytes(100_000, racer));
      const files = await Promise.all(racers.map(fileOf));
      const ends = await Promise.all(files.map((file) => bucket.put("claim", file, "once")));
      expect(ends.toSorted()).toEqual([...Array(9).fill("exists"), "stored"]);
      const copy = join(await temporaryFolder(), "copy");
      const winner = digestOf(racers[ends.indexOf("stored")] ?? "");
      expect((await bucket.get("claim", copy)).digest).toBe(winner);
    });

    test("keeps keys of any language and sign apart", async () => {
      const bucket = newBucket();
      const keys = [
        "ü/日本 語.csv",
        "😀",
        "Ａ",
        "a+b c",
        "a%2Bb c",
        `q&<>'"`,
        "x//y",
        "~*()!;=@,$",
        "a\u0001b",
        "é",
        "e\u0301",
      ];
      for (const key of keys) expect(await bucket.put(key, await fileOf(Buffer.from(key)), "once")).toBe("stored");
      expect((await everyKey(bucket)).toSorted()).toEqual(keys.toSorted());
      for (const key of keys) {
        const copy = join(await temporaryFolder(), "copy");
        await bucket.get(key, copy);
        expect(await readFile(copy, "utf8")).toBe(key);
      }
    });

    test(name === "moto" ? "takes a wrong secret, so it proves no signature" : "refuses a wrong secret", async () => {
      const { url } = options();
      await newBucket({ url }).put("there", await fileOf(bytes(10, 1)), "once");
      const secret = "not-the-secret-of-this-user";
      const bucket = newBucket({ url, secret });
      const copy = join(await temporaryFolder(), "copy");
      const large = await fileOf(bytes(2_000_000, 1));
      const calls = [() => everyKey(bucket), () => bucket.get("there", copy), () => bucket.put("new", large, "once")];
      for (const call of calls) {
        if (name === "moto") {
          await call();
          continue;
        }
        const error = await call().then(String, (reason: unknown) => reason);
        expect(error).toMatchObject({ code: "STORE_REFUSED", hint: expect.stringContaining("AWS_SECRET_ACCESS_KEY") });
        expect(String(error)).not.toContain(secret);
      }
      expect(await everyKey(newBucket({ url }))).toEqual(name === "moto" ? ["new", "there"] : ["there"]);
    });

    test("says that there is no such object and no such bucket", async () => {
      const copy = join(await temporaryFolder(), "copy");
      await expect(newBucket().get("none", copy)).rejects.toMatchObject({ code: "OBJECT_MISSING" });
      const none = newBucket({ url: "s3://no-such-bucket-here" });
      await expect(none.get("none", copy)).rejects.toMatchObject({ code: "STORE_REFUSED" });
      await expect(everyKey(none)).rejects.toThrow(/no bucket "no-such-bucket-here"/);
    });

    test("is reached over TLS with a certificate of one's own, and only with it", async () => {
      const tls = await ownCertificate();
      const proxy = await faultProxy(running().endpoint, () => undefined, tls);
      const { url } = options();
      const bucket = newBucket({ url, endpoint: proxy.endpoint, caFile: tls.file });
      await bucket.put("a", await fileOf(bytes(10, 1)), "once");
      expect(await everyKey(bucket)).toEqual(["a"]);
      const stranger = newBucket({ url, endpoint: proxy.endpoint });
      await expect(everyKey(stranger)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    });
  });
}

export async function ownCertificate() {
  const folder = await temporaryFolder();
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=tidemark test", "-addext", "subjectAltName=IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  await run({ command: "openssl", args: ["req", "-x509", ...curve, ...subject, "-keyout", key, "-out", cert] });
  return { cert: await readFile(cert, "utf8"), key: await readFile(key, "utf8"), file: cert };
}
