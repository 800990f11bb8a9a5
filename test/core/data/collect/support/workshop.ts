import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { folderSource } from "#adapters/filesystem/folder-source";
import { folderStore } from "#adapters/filesystem/folder-store";
import { outputPlace } from "#adapters/filesystem/output-place";
import { tableGuard } from "#adapters/filesystem/table-guard";
import { type CollectFilesPorts, type CollectFilesRequest, collectFiles } from "#core/data/collect/collect-files";
import { DatasetRecord } from "#core/data/collect/dataset-record";
import { temporaryFolder } from "#test/support/temporary-folder";

export const RECORD = "datasets/trips.json";

type Content = Readonly<Record<string, string | Uint8Array>>;

export async function writeAll(folder: string, content: Content): Promise<void> {
  for (const [path, bytes] of Object.entries(content)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

/** Regular files below a folder, sorted; none when it is missing. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** A working directory, a store and a scratch folder on the disk; the file system is real, the ports can be replaced. */
export async function workshop(content: Content) {
  const base = await temporaryFolder();
  const [work, kept, scratch] = ["work", "kept", "scratch"].map((name) => join(base, name)) as [string, string, string];
  for (const folder of [work, scratch]) await mkdir(folder);
  await writeAll(work, content);
  const ports = (...patterns: readonly string[]): CollectFilesPorts => ({
    source: folderSource(work, patterns),
    staging: folderFiles(scratch),
    guard: tableGuard(),
    engine: csvDataEngine(),
    records: folderFiles(work),
    store: folderStore(kept),
    outputs: outputPlace(work),
    now: () => new Date("2026-01-02T03:04:05Z"),
  });
  const request: CollectFilesRequest = {
    name: "trips",
    origin: { kind: "files", patterns: [] },
    recordPath: RECORD,
    output: undefined,
    format: undefined,
    maxBytes: 1_000_000_000,
  };
  return {
    work,
    kept,
    scratch,
    ports,
    request,
    collect: (pattern: string, more: Partial<CollectFilesPorts> = {}) =>
      collectFiles({ ...ports(pattern), ...more }, request),
    record: async () => DatasetRecord.parse(JSON.parse(await readFile(join(work, RECORD), "utf8"))),
    /** What a run left: never a record without its snapshot. */
    left: async () => ({ kept: await filesIn(kept), record: (await filesIn(work)).includes(RECORD) }),
  };
}
