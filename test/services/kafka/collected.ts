import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { folderFiles } from "#adapters/filesystem/files";
import { folderStore } from "#adapters/filesystem/folder-store";
import { lineFiles } from "#adapters/filesystem/line-files";
import { jsonDecoder } from "#adapters/kafka/decoder";
import { type CollectOutcome, type CollectPorts, collectSnapshot } from "#core/data/collect/collect-snapshot";
import { DatasetRecord } from "#core/data/collect/dataset-record";
import { temporaryFolder } from "#test/support/temporary-folder";
import { ALL } from "../../adapters/kafka/event-stream-suite.ts";
import type { Topic } from "./topics.ts";

const RECORD = "clicks.json";

/** A folder with the places of a collector: the records, the store and the scratch files. */
export async function workFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "records"));
  return folder;
}

/** Collects what came to the topic, one row for each key, into a CSV snapshot; JSON unless `ports` decode otherwise. */
export function collect(topic: Topic, folder: string, ports: Partial<CollectPorts> = {}): Promise<CollectOutcome> {
  const places = {
    stream: ports.stream ?? topic.stream(),
    decoder: jsonDecoder(),
    scratch: lineFiles(join(folder, "scratch")),
    store: folderStore(join(folder, "store")),
    records: folderFiles(join(folder, "records")),
    now: () => new Date(0),
  };
  return collectSnapshot(
    { ...places, ...ports },
    {
      name: "clicks",
      topic: topic.name,
      format: "csv",
      identity: { kind: "key" },
      limit: ALL,
      recordPath: RECORD,
    },
  );
}

export async function recordIn(folder: string): Promise<DatasetRecord | undefined> {
  const path = join(folder, "records", RECORD);
  return existsSync(path) ? DatasetRecord.parse(JSON.parse(await readFile(path, "utf8"))) : undefined;
}

/** The snapshot's lines. */
export async function linesOf(folder: string, { digest }: DatasetRecord): Promise<readonly string[]> {
  const text = await readFile(join(folder, "store", "sha256", digest.slice(7)), "utf8");
  return text.split("\n").filter((line) => line !== "");
}
