import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "#test/support/temporary-folder";
import { smokeData } from "../../scripts/bundle/smoke-data.ts";
import { BUNDLE_TIMEOUT_MS, bundled, root } from "./support/bundled.ts";

beforeAll(bundled, BUNDLE_TIMEOUT_MS);

const dist = join(root, "dist");

test("the bundle reads CSV and Parquet outside the repository", async () => {
  expect(await smokeData(dist)).toEqual([]);
});

test("a bundle without the data engine's program is noticed", async () => {
  const folder = await temporaryFolder();
  await cp(dist, folder, { recursive: true, filter: (path) => !path.endsWith("engine-main.js") });
  expect(await smokeData(folder)).toContainEqual(
    expect.stringMatching(/^contract-infer on rows\.parquet: it ended with 2/),
  );
});

const licensed = async (file: string) => (await readFile(join(dist, file), "utf8")).split("\n");

test("the bundle holds no native file, and the licences of both its parts", async () => {
  const names = await readdir(dist, { recursive: true });
  expect(names.filter((name) => /\.(?:node|so|dll|dylib)$/.test(name))).toEqual([]);
  expect(await licensed("licenses.txt")).toContain("@octokit/auth-app");
  expect(await licensed("engine/licenses.txt")).toContain("@duckdb/node-api");
});

// ncc overlooks the licence of a package that it put into the entry's own module.
test("the data engine carries no package whose licence is not beside it", async () => {
  const code = await readFile(join(dist, "engine/index.js"), "utf8");
  const packages = [...code.matchAll(/MODULE: \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)/g)].map(([, name]) => name);
  const known = new Set<string | undefined>(await licensed("engine/licenses.txt"));
  expect(packages.filter((name) => !known.has(name))).toEqual([]);
});
