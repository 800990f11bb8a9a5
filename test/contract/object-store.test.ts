import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderStore } from "#adapters/filesystem/folder-store";
import { releaseStore } from "#adapters/github/release-store";
import { digestOf } from "#core/digest";
import type { ObjectStore } from "#core/ports/object-store";
import { memoryStore } from "#test/support/fakes/object-store";
import { here, withRepository } from "#test/support/sandbox";
import { temporaryFolder } from "#test/support/temporary-folder";

async function release() {
  const { octokit, sandbox } = await withRepository();
  return { sandbox, octokit, store: releaseStore({ octokit, owner: here.owner, name: here.repo }) };
}

const stores: readonly (readonly [string, () => Promise<ObjectStore>])[] = [
  ["memory", async () => memoryStore()],
  ["folder", async () => folderStore(await temporaryFolder())],
  ["release", async () => (await release()).store],
];

async function fileWith(content: string | Buffer) {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, content);
  return { file, digest: digestOf(content) };
}

describe.each(stores)("the %s store", (_, make) => {
  test("gives back the bytes it was given, put once or twice", async () => {
    const store = await make();
    const content = Buffer.from(Array.from({ length: 300_000 }, (_value, index) => index % 251));
    const { file, digest } = await fileWith(content);
    expect(await store.has(digest)).toBe(false);
    await store.put(digest, file);
    await store.put(digest, file);
    expect(await store.has(digest)).toBe(true);
    const copy = join(await temporaryFolder(), "copy");
    await store.get(digest, copy);
    expect((await readFile(copy)).equals(content)).toBe(true);
  });

  test("keeps an empty file", async () => {
    const store = await make();
    const { file, digest } = await fileWith("");
    await store.put(digest, file);
    const copy = join(await temporaryFolder(), "copy");
    await store.get(digest, copy);
    expect(await readFile(copy, "utf8")).toBe("");
  });

  test("refuses bytes that are not the digest's", async () => {
    const store = await make();
    const { file } = await fileWith("one");
    await expect(store.put(digestOf("two"), file)).rejects.toMatchObject({ code: "STORE_REFUSED" });
    expect(await store.has(digestOf("two"))).toBe(false);
  });

  test("says that an object is missing and leaves no file", async () => {
    const store = await make();
    const folder = await temporaryFolder();
    await expect(store.get(digestOf("x"), join(folder, "copy"))).rejects.toMatchObject({ code: "OBJECT_MISSING" });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("the folder store", () => {
  test("tells damaged bytes, leaves no file, and is mended by another put", async () => {
    const folder = await temporaryFolder();
    const store = folderStore(folder);
    const { file, digest } = await fileWith("model");
    await store.put(digest, file);
    await writeFile(join(folder, "sha256", digest.slice(7)), "other");
    const copies = await temporaryFolder();
    await expect(store.get(digest, join(copies, "copy"))).rejects.toMatchObject({ code: "OBJECT_CORRUPT" });
    expect(await readdir(copies)).toEqual([]);
    await store.put(digest, file);
    await store.get(digest, join(copies, "copy"));
    expect(await readFile(join(copies, "copy"), "utf8")).toBe("model");
  });
});

describe("the release store", () => {
  const UPLOAD = { method: "POST", path: /\/assets$/ };

  test("is one prerelease whose assets are named by digest", async () => {
    const { store, octokit } = await release();
    for (const content of ["one", "two"]) {
      const { file, digest } = await fileWith(content);
      await store.put(digest, file);
    }
    const { data } = await octokit.rest.repos.listReleases(here);
    expect(data).toMatchObject([{ tag_name: "tidemark-store", prerelease: true }]);
    expect(data[0]?.assets.map(({ name }) => name).sort()).toEqual(
      [digestOf("one"), digestOf("two")].map((digest) => digest.replace(":", "-")).sort(),
    );
  });

  test.each(["before", "after"] as const)("an object whose upload broke %s the work is there once", async (when) => {
    const { store, sandbox, octokit } = await release();
    const { file, digest } = await fileWith("model");
    sandbox.faults.add({ ...UPLOAD, effect: { kind: "status", when, status: 502 } });
    await store.put(digest, file);
    const { data } = await octokit.rest.repos.listReleases(here);
    expect(data[0]?.assets).toHaveLength(1);
    expect(await store.has(digest)).toBe(true);
  });

  test("a foreign asset under the object's name is replaced by the right bytes", async () => {
    const { store, octokit } = await release();
    const first = await fileWith("first");
    await store.put(first.digest, first.file);
    const { file, digest } = await fileWith("model");
    const { data } = await octokit.rest.repos.getReleaseByTag({ ...here, tag: "tidemark-store" });
    const name = digest.replace(":", "-");
    await octokit.request(`POST ${data.upload_url}`, { name, data: "other" });
    expect(await store.has(digest)).toBe(false);
    await store.put(digest, file);
    const copy = join(await temporaryFolder(), "copy");
    await store.get(digest, copy);
    expect(await readFile(copy, "utf8")).toBe("model");
  });
});
