import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { bundled } from "../../e2e/support/bundled.ts";
import { cleanRunner, machinesNpm } from "./clean-runner.ts";
import { ARCHIVE, FOLDER, localRegistry, NAME, sha512, trueArchive } from "./local-registry.ts";

// DuckDB's native files as a job gets them: fetched by npm, checked, kept in the runner's tool cache.

const NOWHERE = { npm_config_registry: "http://127.0.0.1:9/" };
const passed = { exitCode: 0, log: expect.stringContaining("The verdict is pass.") };

let archive: Buffer;
beforeAll(async () => {
  await bundled();
  archive = await trueArchive();
}, 240_000);

describe("on a clean runner", () => {
  test("the first job fetches from the registry npm is set up with, the second fetches nothing", {
    retry: 2,
  }, async () => {
    const runner = await cleanRunner();
    expect(await runner.validate("rows.parquet", { environment: machinesNpm() })).toEqual(passed);
    expect(await runner.kept()).toContain(join(FOLDER, "duckdb.node"));
    expect(await runner.validate("rows.parquet", { environment: NOWHERE })).toEqual(passed);
  });

  test("a small CSV file asks for nothing, a big one for DuckDB", async () => {
    const runner = await cleanRunner();
    const registry = await localRegistry({ archive });
    const environment = { npm_config_registry: registry.address };
    expect(await runner.validate("rows.csv", { environment })).toEqual(passed);
    expect([registry.asked, await runner.kept()]).toEqual([[], []]);
    expect(await runner.validate("big.csv", { environment })).toEqual(passed);
    expect(new Set(registry.asked)).toEqual(new Set([`/${NAME}`, ARCHIVE]));
  });

  test("two jobs at once leave one copy and nothing half done", async () => {
    const runner = await cleanRunner();
    const { address } = await localRegistry({ archive });
    const job = () => runner.validate("rows.parquet", { inputs: { registry: address } });
    expect(await Promise.all([job(), job()])).toEqual([passed, passed]);
    const kept = await runner.kept();
    expect(kept.filter((path) => path.endsWith("duckdb.node"))).toEqual([join(FOLDER, "duckdb.node")]);
    expect(kept.filter((path) => path.startsWith(`${FOLDER}-`))).toEqual([]);
  });
});

describe("npm's settings", () => {
  test("a registry that the input names is asked instead of npm's own", async () => {
    const runner = await cleanRunner();
    const { address, asked } = await localRegistry({ archive });
    const given = { inputs: { registry: address }, environment: NOWHERE };
    expect(await runner.validate("rows.parquet", given)).toEqual(passed);
    expect(asked).toContain(ARCHIVE);
  });

  test("a proxy is gone through", async () => {
    const runner = await cleanRunner();
    const knownAs = "http://registry.example";
    const proxy = await localRegistry({ archive, knownAs });
    const environment = { npm_config_registry: knownAs, npm_config_proxy: proxy.address };
    expect(await runner.validate("rows.parquet", { environment })).toEqual(passed);
    expect(proxy.asked).toContain(ARCHIVE);
  });
});

describe("other bytes than the lock file's", () => {
  const other = () => {
    const tar = gunzipSync(archive);
    tar[tar.length >> 1] = 255 - (tar[tar.length >> 1] ?? 0);
    return gzipSync(tar, { level: 1 });
  };

  test.each([
    ["whose registry vouches for them", sha512],
    ["whose registry promises the true ones", () => sha512(archive)],
  ])("%s are refused, kept nowhere, and no other reader takes over", async (_, promise) => {
    const runner = await cleanRunner();
    const served = other();
    const { address } = await localRegistry({ archive: served, promised: promise(served) });
    for (const data of ["rows.parquet", "big.csv"]) {
      const { exitCode, log } = await runner.validate(data, { inputs: { registry: address } });
      expect([exitCode, log]).toEqual([2, expect.stringContaining("[DATA_ENGINE_REFUSED]")]);
    }
    expect((await runner.kept()).filter((path) => path.startsWith(FOLDER))).toEqual([]);
  });

  test("in the tool cache are fetched anew", async () => {
    const runner = await cleanRunner();
    const { address, asked } = await localRegistry({ archive });
    const job = () => runner.validate("rows.parquet", { inputs: { registry: address } });
    await job();
    const before = asked.length;
    await writeFile(join(runner.toolCache, FOLDER, "duckdb.node"), "something else");
    expect(await job()).toEqual(passed);
    expect(asked.length).toBeGreaterThan(before);
    expect(await runner.validate("rows.parquet", { environment: NOWHERE })).toEqual(passed);
  });
});

describe("without a registry", () => {
  test("a Parquet file is refused in a sentence with a way out", async () => {
    const runner = await cleanRunner();
    const { exitCode, log } = await runner.validate("rows.parquet", { environment: NOWHERE });
    const errors = log.split("\n").filter((line) => line.startsWith("::error"));
    expect([exitCode, errors]).toEqual([
      2,
      [expect.stringMatching(/DuckDB's native library cannot be had: npm pack .* failed \(ECONNREFUSED\)\./)],
    ]);
    expect(errors[0]).toContain("engine-folder");
    expect(await runner.kept()).not.toContain(FOLDER);
  });

  test("CSV is read all the same, with one warning", async () => {
    const runner = await cleanRunner();
    const { exitCode, log } = await runner.validate("big.csv", { environment: NOWHERE });
    const warnings = log.split("\n").filter((line) => line.startsWith("::warning"));
    expect([exitCode, warnings]).toEqual([0, [expect.stringContaining("The slower reader for CSV does its work.")]]);
  });

  test("CSV is refused when DuckDB alone is asked for", async () => {
    const runner = await cleanRunner();
    const given = { inputs: { engine: "duckdb" }, environment: NOWHERE };
    const { exitCode, log } = await runner.validate("rows.csv", given);
    expect([exitCode, log]).toEqual([2, expect.stringContaining("[DATA_ENGINE_MISSING]")]);
  });

  test("a folder that holds the files is enough", async () => {
    const prepared = await cleanRunner();
    const { address } = await localRegistry({ archive });
    await prepared.validate("rows.parquet", { inputs: { registry: address } });
    const runner = await cleanRunner();
    const inputs = { "engine-folder": join(prepared.toolCache, FOLDER) };
    expect(await runner.validate("rows.parquet", { inputs, environment: NOWHERE })).toEqual(passed);
    expect(await runner.kept()).toEqual([]);
  });

  test("a folder whose library this machine cannot load is told as such", async () => {
    const runner = await cleanRunner();
    await writeFile(join(runner.toolCache, "duckdb.node"), "no library");
    const inputs = { "engine-folder": runner.toolCache };
    const { exitCode, log } = await runner.validate("rows.parquet", { inputs });
    expect([exitCode, log]).toEqual([
      2,
      expect.stringMatching(/duckdb\.node cannot be loaded \(.*DATA_ENGINE_MISSING/),
    ]);
  });
});
