import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { findBinding } from "#adapters/duckdb/binding";
import { bindingPlatform } from "#adapters/duckdb/binding-platform";
import { fetchBinding } from "#adapters/duckdb/fetch-binding";
import { keep } from "#adapters/duckdb/kept-binding";
import { unpackPackage } from "#adapters/duckdb/unpack-package";
import { temporaryFolder } from "#test/support/temporary-folder";
import integrity from "../../../adapters/duckdb/binding-integrity.json" with { type: "json" };
import { bindingIntegrityFile } from "../../../scripts/generate/binding-integrity.ts";

const PATH = process.env["PATH"];
afterEach(() => {
  process.env["PATH"] = PATH;
});

/** An npm that packs these bytes, or fails. */
async function useNpm(script: string): Promise<void> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "npm"), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, "npm"), 0o755);
  process.env["PATH"] = `${folder}${delimiter}${PATH}`;
}

test("the committed hashes are the lock file's", async () => {
  const [file] = await bindingIntegrityFile(".");
  expect(JSON.parse(file?.text ?? "")).toEqual(integrity);
  expect(Object.keys(integrity.packages)).toHaveLength(8);
});

test("a given folder is taken, and nothing else when it has no library", async () => {
  const folder = await temporaryFolder();
  await expect(findBinding({ bindingFolder: folder })).rejects.toMatchObject({ code: "DATA_ENGINE_MISSING" });
  await writeFile(join(folder, "duckdb.node"), "");
  expect(await findBinding({ bindingFolder: folder })).toBe(folder);
});

test("a checkout's own binding is found", async () => {
  expect(existsSync(join(await findBinding({}), "duckdb.node"))).toBe(true);
});

describe("fetching", () => {
  const wanted = async () => ({ platform: bindingPlatform(), toolCache: await temporaryFolder(), registry: undefined });

  test("refuses other bytes than the lock file's and unpacks none of them", async () => {
    await useNpm("printf other > package.tgz");
    const given = await wanted();
    await expect(fetchBinding(given)).rejects.toMatchObject({ code: "DATA_ENGINE_REFUSED" });
    expect(existsSync(join(given.toolCache, "tidemark-duckdb", integrity.version, given.platform))).toBe(false);
  });

  test("says why npm could not fetch", async () => {
    await useNpm("echo 'npm error code E404' >&2; exit 1");
    await expect(fetchBinding(await wanted())).rejects.toMatchObject({
      code: "DATA_ENGINE_MISSING",
      problem: expect.stringContaining("E404"),
    });
  });

  test("tells bytes that are not what the registry promises from a registry that cannot be reached", async () => {
    await useNpm("echo 'npm error code EINTEGRITY' >&2; exit 1");
    await expect(fetchBinding(await wanted())).rejects.toMatchObject({ code: "DATA_ENGINE_REFUSED" });
  });

  test("says that the tool cache cannot be written to", async () => {
    const toolCache = join(await temporaryFolder(), "file");
    await writeFile(toolCache, "");
    await expect(fetchBinding({ ...(await wanted()), toolCache })).rejects.toMatchObject({
      code: "DATA_ENGINE_MISSING",
      problem: expect.stringContaining("the tool cache cannot be written to (E"),
    });
  });

  describe("what a job before has fetched", () => {
    const kept = async (integrityOf = (expected: string) => expected) => {
      const given = await wanted();
      const folder = join(given.toolCache, "tidemark-duckdb", integrity.version, given.platform);
      const expected = new Map(Object.entries(integrity.packages)).get(given.platform) ?? "";
      await mkdir(folder, { recursive: true });
      await keep(folder, [{ name: "duckdb.node", content: Buffer.from("native") }], integrityOf(expected));
      await useNpm("echo 'npm error code EASKED' >&2; exit 1");
      return { given, folder };
    };

    test("is taken without asking npm", async () => {
      const { given, folder } = await kept();
      expect(await fetchBinding(given)).toBe(folder);
    });

    test.each<[string, (folder: string) => Promise<void>]>([
      ["with a changed file", (folder) => writeFile(join(folder, "duckdb.node"), "natïve")],
      ["with a file gone", (folder) => rm(join(folder, "duckdb.node"))],
      ["without its seal", (folder) => rm(join(folder, ".complete"))],
      ["with half a seal", (folder) => writeFile(join(folder, ".complete"), '{"package":')],
    ])("is fetched anew %s", async (_, spoil) => {
      const { given, folder } = await kept();
      await spoil(folder);
      await expect(fetchBinding(given)).rejects.toMatchObject({ problem: expect.stringContaining("EASKED") });
    });

    test("is fetched anew when it was another package", async () => {
      const { given } = await kept(() => "sha512-other");
      await expect(fetchBinding(given)).rejects.toMatchObject({ problem: expect.stringContaining("EASKED") });
    });
  });

  test("refuses a registry that is no address, and a platform without a package", async () => {
    await expect(fetchBinding({ ...(await wanted()), registry: "x; touch owned" })).rejects.toMatchObject({
      code: "INPUT_INVALID",
    });
    await expect(fetchBinding({ ...(await wanted()), platform: "aix-ppc64" })).rejects.toMatchObject({
      code: "DATA_ENGINE_MISSING",
    });
  });
});

test("unpacks only regular files right inside the package", () => {
  const entry = (name: string, type: string, content = "x") => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(content.length.toString(8).padStart(11, "0"), 124);
    header.write(type, 156);
    return Buffer.concat([header, Buffer.from(content), Buffer.alloc(512 - content.length)]);
  };
  const hostile = [
    ["package/../../x", "0"],
    ["/etc/x", "0"],
    ["package/link", "2"],
    ["package/a/b", "0"],
  ] as const;
  const tar = Buffer.concat([
    ...hostile.map(([name, type]) => entry(name, type)),
    entry("package/duckdb.node", "0", "native"),
    Buffer.alloc(1024),
  ]);
  expect(unpackPackage(gzipSync(tar)).map(({ name, content }) => [name, content.toString()])).toEqual([
    ["duckdb.node", "native"],
  ]);
});

test("hashes are compared as npm writes them", async () => {
  const bytes = await readFile("package.json");
  expect(`sha512-${createHash("sha512").update(bytes).digest("base64")}`).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
});
