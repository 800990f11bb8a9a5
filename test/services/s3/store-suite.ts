import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { s3Bucket } from "#adapters/s3/bucket";
import { s3Store } from "#adapters/s3/object-store";
import { digestOf } from "#core/digest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { rawRequest } from "./raw-request.ts";
import { bytes, everyKey, fileOf, hasty, type Scene } from "./scene.ts";

/** What the object store promises, as in test/contract/object-store.test.ts. */
export function describeStore({ options, running }: Scene): void {
  describe("an object store", () => {
    const newStore = () => s3Store(options(), hasty);

    test.each([0, 300_000, 70_000_000])("gives back %i bytes, put once or twice", async (size) => {
      const store = newStore();
      const content = bytes(size, 8);
      const [file, digest] = [await fileOf(content), digestOf(content)];
      expect(await store.has(digest)).toBe(false);
      await store.put(digest, file);
      await store.put(digest, file);
      expect(await store.has(digest)).toBe(true);
      const copy = join(await temporaryFolder(), "copy");
      await store.get(digest, copy);
      expect((await readFile(copy)).equals(content)).toBe(true);
    });

    test("keeps objects under sha256/<hex>, refuses other bytes, and says what is missing", async () => {
      const place = options();
      const store = s3Store(place, hasty);
      const file = await fileOf(Buffer.from("one"));
      await expect(store.put(digestOf("two"), file)).rejects.toMatchObject({ code: "STORE_REFUSED" });
      const folder = await temporaryFolder();
      await expect(store.get(digestOf("two"), join(folder, "copy"))).rejects.toMatchObject({ code: "OBJECT_MISSING" });
      expect(await readdir(folder)).toEqual([]);
      await store.put(digestOf("one"), file);
      expect(await everyKey(s3Bucket(place))).toEqual([`sha256/${digestOf("one").slice(7)}`]);
    });

    test("tells damaged bytes, leaves no file, and is mended by another put", async () => {
      const place = options();
      const store = s3Store(place, hasty);
      const [file, digest] = [await fileOf(Buffer.from("model")), digestOf("model")];
      await store.put(digest, file);
      await rawRequest(running(), "PUT", `/${place.url.slice(5)}/sha256/${digest.slice(7)}`, "other");
      const folder = await temporaryFolder();
      await expect(store.get(digest, join(folder, "copy"))).rejects.toMatchObject({ code: "OBJECT_CORRUPT" });
      expect(await readdir(folder)).toEqual([]);
      expect(await store.has(digest)).toBe(false);
      await store.put(digest, file);
      await store.get(digest, join(folder, "copy"));
      expect(await readFile(join(folder, "copy"), "utf8")).toBe("model");
    });
  });
}
