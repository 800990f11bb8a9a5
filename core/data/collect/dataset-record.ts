import { z } from "zod";
import { Digest } from "../../digest.ts";
import { ModelName, RelativePath } from "../../names.ts";
import { PoisonCount } from "./poison.ts";
import { FILE_FORMATS } from "./table-form.ts";

export const DATASET_RECORD_VERSION = 1;

const count = z.number().int().min(0);
const timestamp = z.iso.datetime();

/** Offsets are text: the largest, 2^63 - 1, has 19 digits and fits no number. */
export const StoredOffsets = z.record(
  z.string().regex(/^\d{1,10}$/, "expected a partition's number"),
  z.string().regex(/^\d{1,19}$/, "expected an offset"),
);

export const MAX_COLUMN_NAME = 1_000;

/** As many files as a dataset may have. */
export const MAX_FILES = 10_000;

const read = { size: count, digest: Digest };

/** How far the source was read: where the next run reads on, or what exactly was read. */
export const SourcePosition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("kafka"), topic: z.string().min(1).max(249), offsets: StoredOffsets }),
  z.strictObject({
    kind: z.literal("s3"),
    bucket: z.string().min(3).max(63),
    objects: z.array(z.strictObject({ key: z.string().min(1).max(1_024), ...read })).max(MAX_FILES),
  }),
  z.strictObject({
    kind: z.literal("https"),
    /** Without their queries, which may hold a secret. */
    files: z.array(z.strictObject({ url: z.string().min(1).max(2_000), ...read })).max(MAX_FILES),
  }),
  z.strictObject({
    kind: z.literal("files"),
    files: z.array(z.strictObject({ path: z.string().min(1).max(500), ...read })).max(MAX_FILES),
  }),
]);
export type SourcePosition = z.output<typeof SourcePosition>;

/** What another tool calls the bytes. DVC's MD5 ends in ".dir" when it names a folder; its size is of all files. */
export const Upstream = z.strictObject({
  kind: z.literal("dvc"),
  md5: z.string().regex(/^[0-9a-f]{32}(\.dir)?$/, "expected an MD5 in hex"),
  size: count.nullable(),
});
export type Upstream = z.output<typeof Upstream>;

/** One file of a snapshot, kept in the store under its own digest. */
export const SnapshotFile = z.strictObject({ path: RelativePath, size: count, digest: Digest });
export type SnapshotFile = z.output<typeof SnapshotFile>;

export const ColumnKind = z.enum(["boolean", "number", "text"]);
export type ColumnKind = z.output<typeof ColumnKind>;

/**
 * A column and what its values are; none of them when every value is null. Files are taken as they are, and a contract
 * says what their columns hold, so their columns have no kinds.
 */
export const DatasetColumn = z.strictObject({
  name: z.string().min(1).max(MAX_COLUMN_NAME),
  kinds: z.array(ColumnKind).max(3).optional(),
});
export type DatasetColumn = z.output<typeof DatasetColumn>;

/** Messages that could not become rows, kept aside as JSON Lines in the store under this digest. */
export const DeadLetters = z.strictObject({ digest: Digest, messages: count, kept: count });
export type DeadLetters = z.output<typeof DeadLetters>;

/**
 * What is known of one snapshot. It is written last, so a record always has its snapshot. A snapshot of one file is
 * that file's bytes, unchanged, and has the file's digest. One of several is their list, a line `<path> <size> <hex>\n`
 * for each, sorted by path: its digest is the list's, and the store has the list and, under its own digest, each file.
 */
export const DatasetRecord = z.strictObject({
  version: z.literal(DATASET_RECORD_VERSION),
  name: ModelName,
  /** Names the snapshot: the SHA-256 of its one file, or of the list of its files. */
  digest: Digest,
  format: z.enum(FILE_FORMATS),
  rows: count,
  /** Of all files. */
  bytes: count,
  /** At least one, sorted by path. */
  files: z.array(SnapshotFile).min(1).max(MAX_FILES),
  /** Those of the files, then those that folders such as `year=2026` add. */
  columns: z.array(DatasetColumn).max(100_000),
  /** Digest of `columns`: equal for two snapshots whose columns have equal names and kinds. */
  schemaHash: Digest,
  source: SourcePosition,
  upstream: Upstream.nullable(),
  /** First and last time of the messages read, those that left no row included; null for files, which have no such time. */
  timeRange: z.strictObject({ from: timestamp, to: timestamp }).nullable(),
  /** The snapshot collected before this one; of a topic, the one where this one reads on. */
  parent: Digest.nullable(),
  /** From here to `deadLetters`: of a topic only. */
  messages: count.optional(),
  poison: PoisonCount.optional(),
  /** Rows that a later message of the same key replaced or deleted. */
  duplicates: count.optional(),
  tombstones: count.optional(),
  /** Null when none came, or when they are not kept. */
  deadLetters: DeadLetters.nullable().optional(),
  collectedAt: timestamp,
});
export type DatasetRecord = z.output<typeof DatasetRecord>;
