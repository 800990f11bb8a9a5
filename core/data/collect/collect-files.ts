import { digestOfJson } from "../../digest.ts";
import { UserError } from "../../errors.ts";
import { fileList } from "../../model/model-files.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Files } from "../../ports/files.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import type { OutputPlace } from "../../ports/output-place.ts";
import { DATASET_RECORD_VERSION, DatasetRecord, type SourcePosition } from "./dataset-record.ts";
import { foreignRecord, readRecord, writeRecord } from "./record-file.ts";
import { snapshotDigest } from "./snapshot-files.ts";
import type { Source } from "./source.ts";
import { type Staged, type StagePorts, type StageRequest, stageFiles } from "./stage-files.ts";

export interface CollectFilesPorts extends StagePorts {
  /** Where dataset records lie; usually the repository. */
  readonly records: Files;
  readonly store: ObjectStore;
  readonly outputs: OutputPlace;
  readonly now: Clock;
}

export type WholeFiles = Exclude<Source, { kind: "kafka" }>;

export interface CollectFilesRequest extends StageRequest {
  readonly name: string;
  readonly origin: WholeFiles;
  readonly recordPath: string;
  /** Where the snapshot is placed for the next step: its one file, or a folder of its files. */
  readonly output: string | undefined;
}

export interface FilesOutcome {
  readonly kind: "collected" | "unchanged";
  readonly record: DatasetRecord;
}

/**
 * Copies a source's files into an immutable snapshot. The order makes any crash harmless: first the bytes under their
 * digests, then the output, then the record. Files whose bytes are those of the record leave it as it is, but are
 * stored again where the store lost them.
 * @throws UserError RECORD_MALFORMED, DATASET_MISMATCH, DATASET_MOVED and those of the ports
 */
export async function collectFiles(ports: CollectFilesPorts, request: CollectFilesRequest): Promise<FilesOutcome> {
  const previous = await readPrevious(ports.records, request);
  const staged = await stageFiles(ports, request);
  const record = recordOf({ ports, request, staged, previous });
  await storeAll(ports, staged, record);
  if (request.output !== undefined) await place(ports, { output: request.output, origin: request.origin }, staged);
  if (previous?.digest === record.digest) return { kind: "unchanged", record: previous };
  await writeRecord(ports.records, { path: request.recordPath, previous, record });
  return { kind: "collected", record };
}

async function readPrevious(records: Files, { recordPath, name }: CollectFilesRequest) {
  const record = await readRecord(records, recordPath);
  if (record === undefined) return undefined;
  if (record.name === name && record.source.kind !== "kafka") return record;
  const from = record.source.kind === "kafka" ? `the topic "${record.source.topic}"` : "files";
  throw foreignRecord(recordPath, `the dataset "${record.name}" from ${from}`, `"${name}" from files`);
}

interface Parts {
  readonly ports: CollectFilesPorts;
  readonly request: CollectFilesRequest;
  readonly staged: Staged;
  readonly previous: DatasetRecord | undefined;
}

function recordOf({ ports, request, staged, previous }: Parts): DatasetRecord {
  const files = staged.files.map(({ path, size, digest }) => ({ path, size, digest }));
  const columns = staged.columns.map((name) => ({ name }));
  return DatasetRecord.parse({
    version: DATASET_RECORD_VERSION,
    name: request.name,
    digest: snapshotDigest(files),
    format: staged.format,
    rows: staged.rows,
    bytes: staged.bytes,
    files,
    columns,
    schemaHash: digestOfJson(columns),
    source: positionOf(request.origin, staged),
    upstream: ports.source.upstream ?? null,
    timeRange: null,
    parent: previous?.digest ?? null,
    collectedAt: ports.now().toISOString(),
  });
}

function positionOf(origin: WholeFiles, { files }: Staged): SourcePosition {
  const read = files.map(({ name, size, digest }) => ({ name, size, digest }));
  switch (origin.kind) {
    case "https":
      return { kind: "https", files: read.map(({ name, ...rest }) => ({ url: name, ...rest })) };
    case "s3":
      return { kind: "s3", bucket: origin.bucket, objects: read.map(({ name, ...rest }) => ({ key: name, ...rest })) };
    case "files":
    case "dvc":
      return { kind: "files", files: read.map(({ name, ...rest }) => ({ path: name, ...rest })) };
  }
}

/** The list of several files goes last: whoever finds it finds them. */
async function storeAll(
  { store, staging }: CollectFilesPorts,
  { files }: Staged,
  record: DatasetRecord,
): Promise<void> {
  for (const { digest, file } of files) await store.put(digest, file);
  if (files.length === 1) return;
  await staging.write("list", fileList(files));
  await store.put(record.digest, staging.locate("list"));
}

interface Place {
  readonly output: string;
  readonly origin: WholeFiles;
}

async function place({ outputs }: CollectFilesPorts, { output, origin }: Place, { files }: Staged): Promise<void> {
  const [only, second] = files;
  if (only !== undefined && second === undefined) return outputs.placeFile(output, only.file);
  const isLocal = origin.kind === "files" || origin.kind === "dvc";
  const folder = `${output.replace(/^(?:\.\/+)+|\/+$/g, "")}/`;
  const held = isLocal ? files.find(({ name }) => name.startsWith(folder)) : undefined;
  if (held === undefined) return outputs.placeFolder(output, files);
  throw new UserError(
    "OUTPUT_REFUSED",
    `The output "${output}" would replace a folder that the source lies in.`,
    "Name another folder.",
  );
}
