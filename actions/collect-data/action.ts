import { z } from "zod";
import { collectFiles, type WholeFiles } from "#core/data/collect/collect-files";
import { collectSnapshot } from "#core/data/collect/collect-snapshot";
import type { DatasetRecord } from "#core/data/collect/dataset-record";
import type { Identity } from "#core/data/collect/identity";
import { readSource, type Source } from "#core/data/collect/source";
import { UserError } from "#core/errors";
import type { Clock } from "#core/ports/clock";
import type { DataEngine } from "#core/ports/data-engine";
import type { EventStream } from "#core/ports/event-stream";
import type { FileSource } from "#core/ports/file-source";
import type { Files } from "#core/ports/files";
import type { LineFiles } from "#core/ports/line-files";
import type { Log } from "#core/ports/log";
import type { ObjectStore } from "#core/ports/object-store";
import type { OutputPlace } from "#core/ports/output-place";
import type { TableGuard } from "#core/ports/table-guard";
import type { ValueDecoder } from "#core/ports/value-decoder";
import { collectSection } from "#core/report/collect-section";
import { bytes, count } from "#core/report/numbers";
import { defineAction } from "#kit/define-action";
import { type Given, inputs, recordPathOf } from "./inputs.ts";

export type Topic = Extract<Source, { kind: "kafka" }>;

export interface CollectDataDeps {
  /** The working directory, where records lie. */
  readonly records: Files;
  readonly store: ObjectStore;
  readonly engine: DataEngine;
  readonly guard: TableGuard;
  readonly outputs: OutputPlace;
  readonly now: Clock;
  /** A scratch folder of this run, seen in two ways. */
  readonly staging: Files;
  readonly scratch: LineFiles;
  openFiles(source: WholeFiles): Promise<FileSource>;
  openTopic(topic: Topic): { readonly stream: EventStream; readonly decoder: ValueDecoder };
  /** Removes the scratch folder. */
  clear(): Promise<void>;
}

const outputs = {
  digest: z.string().meta({ description: "Digest that names the snapshot; empty when a topic never had a message." }),
  rows: z.number().meta({ description: "Rows of the snapshot." }),
  bytes: z.number().meta({ description: "Bytes of the snapshot's files." }),
  record: z.string().meta({ description: "Path of the dataset's record." }),
  changed: z.boolean().meta({ description: "Whether this run wrote a new record." }),
};

export const collectData = defineAction({
  name: "collect-data",
  title: "Collect data",
  description: "Copies rows from files, the web, S3 or Kafka into an immutable snapshot named by its digest.",
  icon: "download-cloud",
  color: "blue",
  inputs,
  outputs,
  async run(given, deps: CollectDataDeps, { log }) {
    const recordPath = recordPathOf(given);
    try {
      const source = readSource(given.source);
      const work = { given, deps, log, recordPath };
      const { kind, record } = source.kind === "kafka" ? await messages(work, source) : await wholeFiles(work, source);
      const told = { digest: record?.digest ?? "", rows: record?.rows ?? 0, bytes: record?.bytes ?? 0 };
      log.info(`${kind}: ${record === undefined ? "the topic has no message yet" : sentence(record)}`);
      const summary = record && collectSection({ kind, record, recordPath, store: deps.store.description });
      return {
        outputs: { ...told, record: recordPath, changed: kind === "collected" },
        document: record ?? null,
        ...(summary !== undefined && { summary }),
      };
    } finally {
      await deps.clear();
    }
  },
});

function sentence(record: DatasetRecord): string {
  return `${record.digest}, ${count(record.rows)} rows, ${bytes(record.bytes)}`;
}

interface Work {
  readonly given: Given;
  readonly deps: CollectDataDeps;
  readonly log: Log;
  readonly recordPath: string;
}

async function wholeFiles({ given, deps, recordPath }: Work, origin: WholeFiles) {
  const source = await deps.openFiles(origin);
  const { name, format, output, "limit-bytes": maxBytes } = given;
  return collectFiles({ ...deps, source }, { name, origin, recordPath, output, format, maxBytes });
}

async function messages({ given, deps, log, recordPath }: Work, topic: Topic) {
  const { format = "csv", output } = given;
  if (format === "parquet") {
    const hint = "Leave the format out, or give csv or json-lines.";
    throw new UserError("FORMAT_UNKNOWN", "A topic's snapshot is not written as parquet.", hint);
  }
  const { stream, decoder } = deps.openTopic(topic);
  try {
    const outcome = await collectSnapshot(
      { ...deps, stream, decoder },
      {
        name: given.name,
        topic: topic.topic,
        format,
        identity: identityOf(given.identity),
        limit: { rows: given["limit-rows"], bytes: given["limit-bytes"], seconds: given["limit-seconds"] },
        recordPath,
        keepPoison: given["keep-poison"],
        place: output === undefined ? undefined : (file) => deps.outputs.placeFile(output, file),
      },
    );
    if (outcome.commitProblem !== undefined) {
      log.warning(`The brokers were not told how far we read: ${outcome.commitProblem} Nothing is lost.`);
    }
    if (outcome.kind === "collected" && outcome.record.deadLetters) {
      log.warning("Messages were kept as they came; they may hold personal data. See who may read the store.");
    }
    if (outcome.kind === "unchanged" && outcome.record !== undefined) await placeAgain(deps, output, outcome.record);
    return outcome;
  } finally {
    await stream.close();
  }
}

/** The next step finds the snapshot also when nothing came. */
async function placeAgain(deps: CollectDataDeps, output: string | undefined, { digest }: DatasetRecord): Promise<void> {
  if (output === undefined) return;
  await deps.store.get(digest, deps.staging.locate("again"));
  await deps.outputs.placeFile(output, deps.staging.locate("again"));
}

function identityOf(text: string): Identity {
  if (text === "key" || text === "none") return { kind: text };
  return { kind: "column", column: text.slice("column:".length) };
}
