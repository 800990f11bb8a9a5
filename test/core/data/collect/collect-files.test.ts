import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { collectFiles } from "#core/data/collect/collect-files";
import { digestOf, digestOfJson } from "#core/digest";
import { filesIn, RECORD, workshop, writeAll } from "./support/workshop.ts";

const TABLE = "id,speed\n1,10\n2,20\n";
const hexOf = (text: string | Uint8Array) => digestOf(text).slice("sha256:".length);

describe("collecting one file", () => {
  test("keeps its bytes under their digest and writes what is known of them", async () => {
    const { collect, record, left, kept } = await workshop({ "data/a.csv": TABLE });
    const outcome = await collect("data/a.csv");
    expect(outcome).toEqual({ kind: "collected", record: await record() });
    expect(await record()).toEqual({
      version: 1,
      name: "trips",
      digest: digestOf(TABLE),
      format: "csv",
      rows: 2,
      bytes: TABLE.length,
      files: [{ path: "a.csv", size: TABLE.length, digest: digestOf(TABLE) }],
      columns: [{ name: "id" }, { name: "speed" }],
      schemaHash: digestOfJson([{ name: "id" }, { name: "speed" }]),
      source: { kind: "files", files: [{ path: "data/a.csv", size: TABLE.length, digest: digestOf(TABLE) }] },
      upstream: null,
      timeRange: null,
      parent: null,
      collectedAt: "2026-01-02T03:04:05.000Z",
    });
    expect(await left()).toEqual({ kept: [`sha256/${hexOf(TABLE)}`], record: true });
    expect(await readFile(join(kept, "sha256", hexOf(TABLE)), "utf8")).toBe(TABLE);
  });

  test("again leaves the record as it is, byte for byte, and mends a store that lost the bytes", async () => {
    const { collect, kept, work, left, ports, request } = await workshop({ "a.csv": TABLE });
    await collect("a.csv");
    const before = await readFile(join(work, RECORD), "utf8");
    await rm(kept, { recursive: true });
    const later = { ...ports("a.csv"), now: () => new Date("2027-01-01T00:00:00Z") };
    expect(await collectFiles(later, request)).toMatchObject({ kind: "unchanged" });
    expect(await readFile(join(work, RECORD), "utf8")).toBe(before);
    expect(await left()).toEqual({ kept: [`sha256/${hexOf(TABLE)}`], record: true });
  });

  test("with new bytes names the snapshot before it", async () => {
    const { collect, work, record } = await workshop({ "a.csv": TABLE });
    await collect("a.csv");
    await appendFile(join(work, "a.csv"), "3,30\n");
    expect(await collect("a.csv")).toMatchObject({ kind: "collected", record: { rows: 3 } });
    expect((await record()).parent).toBe(digestOf(TABLE));
  });

  test.each([
    ["a.csv.gz", gzipSync(TABLE), "csv"],
    ["a.csv.zst", zstdCompressSync(TABLE), "csv"],
    ["a.jsonl", '{"id":1,"speed":10}\n{"id":2,"speed":20}\n', "json-lines"],
    ["a.jsonl.gz", gzipSync('{"id":1,"speed":10}\n{"id":2,"speed":20}\n'), "json-lines"],
  ])("%s is counted and kept as it is", async (name, bytes, format) => {
    const { collect, left } = await workshop({ [name]: bytes });
    const engine = duckDbDataEngine();
    expect(await collect(name, { engine })).toMatchObject({
      record: { digest: digestOf(bytes), format, rows: 2, columns: [{ name: "id" }, { name: "speed" }] },
    });
    expect((await left()).kept).toEqual([`sha256/${hexOf(bytes)}`]);
  });

  test("may be called what an engine takes for a pattern", async () => {
    const { collect } = await workshop({ "y=1/a[1]'.jsonl": '{"id":1}\n', "other.jsonl": "{" });
    expect(await collect("y=1/*", { engine: duckDbDataEngine() })).toMatchObject({
      record: { rows: 1, files: [{ path: "y=1/a[1]'.jsonl" }], columns: [{ name: "id" }, { name: "y" }] },
    });
  });

  test("is placed for the next step", async () => {
    const { ports, request, work } = await workshop({ "a.csv": TABLE });
    await collectFiles(ports("a.csv"), { ...request, output: "out/now.csv" });
    expect(await readFile(join(work, "out/now.csv"), "utf8")).toBe(TABLE);
    expect(await filesIn(join(work, "out"))).toEqual(["now.csv"]);
  });
});

describe("collecting several files", () => {
  const january = "id,speed\n1,10\n";
  const february = "id,speed\n2,20\n3,30\n";
  const months = { "data/year=2026/month=1/a.csv": january, "data/year=2026/month=2/b.csv": february };
  const list =
    `year=2026/month=1/a.csv ${january.length} ${hexOf(january)}\n` +
    `year=2026/month=2/b.csv ${february.length} ${hexOf(february)}\n`;

  test("keeps each and their list, whose digest names the snapshot", async () => {
    const { collect, record, left, kept } = await workshop({ ...months, "data/_SUCCESS": "" });
    await collect("data/");
    expect(await record()).toMatchObject({
      digest: digestOf(list),
      rows: 3,
      bytes: january.length + february.length,
      columns: [{ name: "id" }, { name: "speed" }, { name: "year" }, { name: "month" }],
      files: [{ path: "year=2026/month=1/a.csv" }, { path: "year=2026/month=2/b.csv" }],
    });
    expect((await left()).kept).toEqual([january, february, list].map((each) => `sha256/${hexOf(each)}`).sort());
    expect(await readFile(join(kept, "sha256", hexOf(list)), "utf8")).toBe(list);
  });

  test("places them as a folder that holds these and nothing else", async () => {
    const { ports, request, work } = await workshop({ ...months, "out/old.csv": "gone" });
    await collectFiles(ports("data/**/*.csv"), { ...request, output: "out" });
    expect(await filesIn(join(work, "out"))).toEqual(["year=2026/month=1/a.csv", "year=2026/month=2/b.csv"]);
    expect((await filesIn(work)).filter((path) => path.startsWith("."))).toEqual([]);
  });

  test.each(["data", "./data/", "data/year=2026"])("never replaces the folder they lie in: %s", async (output) => {
    const { ports, request, work, left } = await workshop({ ...months, "data/notes.txt": "mine" });
    const placed = collectFiles(ports("data/**/*.csv"), { ...request, output });
    await expect(placed).rejects.toMatchObject({ code: "OUTPUT_REFUSED" });
    expect(await filesIn(join(work, "data"))).toHaveLength(3);
    expect((await left()).record).toBe(false);
  });

  test.each([
    ["another column", { "b.csv": "id,pace\n1,2\n" }, "COLUMNS_DIFFER", /b\.csv.*"pace"/],
    ["swapped columns", { "b.csv": "speed,id\n1,2\n" }, "COLUMNS_DIFFER", /another order/],
    ["a column less", { "b.csv": "id\n1\n" }, "COLUMNS_DIFFER", /lacks "speed"/],
    ["another format", { "b.jsonl": "{}\n" }, "FORMAT_MISMATCH", /b\.jsonl/],
    ["a short row", { "b.csv": "id,speed\n1\n" }, "DATA_MALFORMED", /^b\.csv line 2/],
  ])("with %s is refused, and nothing is left", async (_, more, code, sentence) => {
    const { collect, left } = await workshop({ "a.csv": TABLE, ...more });
    await expect(collect("*")).rejects.toMatchObject({ code, problem: expect.stringMatching(sentence) });
    expect(await left()).toEqual({ kept: [], record: false });
  });

  test("F-27 that unpack to more together than allowed are stopped", async () => {
    const packed = gzipSync(`id\n${"1\n".repeat(5_000)}`);
    const { ports, request, left } = await workshop({ "a.csv.gz": packed, "b.csv.gz": packed });
    const collected = (maxBytes: number) => collectFiles(ports("*.csv.gz"), { ...request, maxBytes });
    await expect(collected(20_005)).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(await left()).toEqual({ kept: [], record: false });
    expect(await collected(20_006)).toMatchObject({ record: { rows: 10_000 } });
  });

  test("larger together than allowed is refused", async () => {
    const { ports, request, left } = await workshop({ "a.csv": TABLE, "b.csv": TABLE });
    const maxBytes = TABLE.length * 2 - 1;
    await expect(collectFiles(ports("*.csv"), { ...request, maxBytes })).rejects.toMatchObject({ code: "TOO_LARGE" });
    expect(await left()).toEqual({ kept: [], record: false });
    expect(await collectFiles(ports("*.csv"), { ...request, maxBytes: maxBytes + 1 })).toMatchObject({
      record: { rows: 4 },
    });
  });
});

describe("never a partial snapshot", () => {
  const crash = async (): Promise<never> => {
    throw new Error("crashed");
  };

  test.each(["copy", "guard", "engine", "store", "list", "output", "record"])(
    "F-28 a crash at the step %s leaves no record, and the next run ends as if nothing had been",
    async (step) => {
      const { ports, request, left, record } = await workshop({ "a.csv": TABLE, "b.csv": `${TABLE}3,30\n` });
      const whole = ports("*.csv");
      let puts = 0;
      const puttingUpTo = (count: number) => ({
        ...whole.store,
        put: async (digest: `sha256:${string}`, file: string) =>
          ++puts > count ? crash() : whole.store.put(digest, file),
      });
      const broken = {
        copy: { ...whole, source: { ...whole.source, copy: crash } },
        guard: { ...whole, guard: { check: crash } },
        engine: { ...whole, engine: { ...whole.engine, measure: crash } },
        store: { ...whole, store: puttingUpTo(1) },
        list: { ...whole, store: puttingUpTo(2) },
        output: { ...whole, outputs: { ...whole.outputs, placeFolder: crash } },
        record: { ...whole, records: { ...whole.records, write: crash } },
      }[step];
      if (broken === undefined) throw new Error(step);
      await expect(collectFiles(broken, { ...request, output: "out" })).rejects.toThrow("crashed");
      expect((await left()).record).toBe(false);
      await collectFiles(whole, { ...request, output: "out" });
      expect((await left()).kept).toHaveLength(3);
      expect(await record()).toMatchObject({ rows: 5, parent: null });
    },
  );

  test("F-09 a file that changes while it is read is noticed", async () => {
    const { ports, request, work, left } = await workshop({ "a.csv": `${"x,y\n"}${"1,2\n".repeat(1_000_000)}` });
    const { source, ...rest } = ports("a.csv");
    const copy: typeof source.copy = async (...order) => {
      let isOver = false;
      const copying = source.copy(...order).finally(() => {
        isOver = true;
      });
      copying.catch(() => undefined);
      while (!isOver) await appendFile(join(work, "a.csv"), "3,4\n");
      return copying;
    };
    await expect(collectFiles({ ...rest, source: { ...source, copy } }, request)).rejects.toMatchObject({
      code: "SOURCE_CHANGED",
    });
    expect(await left()).toEqual({ kept: [], record: false });
  });

  test("F-09 a file that changes after it was read is another snapshot's: what was counted is what is kept", async () => {
    const { ports, request, work, record } = await workshop({ "a.csv": TABLE });
    const { source, ...rest } = ports("a.csv");
    const copy: typeof source.copy = async (...order) => {
      const copied = await source.copy(...order);
      await writeFile(join(work, "a.csv"), "id,speed\n9,9\n");
      return copied;
    };
    await collectFiles({ ...rest, source: { ...source, copy } }, request);
    expect(await record()).toMatchObject({ digest: digestOf(TABLE), rows: 2 });
  });

  test("two runs at once: the second to end is told, and writes nothing over the first", async () => {
    const { ports, request, work, record } = await workshop({ "a.csv": TABLE });
    const { store, ...rest } = ports("a.csv");
    const meanwhile = async (digest: `sha256:${string}`, file: string) => {
      await store.put(digest, file);
      await collectFiles(ports("a.csv"), request);
    };
    const late = collectFiles({ ...rest, store: { ...store, put: meanwhile } }, request);
    await expect(late).rejects.toMatchObject({ code: "DATASET_MOVED" });
    expect((await record()).digest).toBe(digestOf(TABLE));
    expect(await filesIn(join(work, "datasets"))).toEqual(["trips.json"]);
  });
});

describe("the record that is there", () => {
  test("of another dataset, or of a topic, is refused before anything is read", async () => {
    const { collect, ports, request, work } = await workshop({ "a.csv": TABLE });
    await collect("a.csv");
    const other = collectFiles(ports("a.csv"), { ...request, name: "other" });
    await expect(other).rejects.toMatchObject({ code: "DATASET_MISMATCH" });
    const text = (await readFile(join(work, RECORD), "utf8")).replace(
      /"source": \{[\s\S]*?\n {2}\}/,
      '"source": {"kind": "kafka", "topic": "clicks", "offsets": {}}',
    );
    await writeAll(work, { [RECORD]: text });
    await expect(collect("a.csv")).rejects.toMatchObject({
      code: "DATASET_MISMATCH",
      problem: expect.stringContaining('the topic "clicks"'),
    });
    await writeAll(work, { [RECORD]: "{" });
    await expect(collect("a.csv")).rejects.toMatchObject({ code: "RECORD_MALFORMED" });
  });
});
