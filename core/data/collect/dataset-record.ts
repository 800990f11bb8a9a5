import { z } from "zod";
import { Digest } from "../../digest.ts";
import { ModelName } from "../../names.ts";
import { PoisonCount } from "./poison.ts";
import { TABLE_FORMATS } from "./table-lines.ts";

export const DATASET_RECORD_VERSION = 1;

const count = z.number().int().min(0);
const timestamp = z.iso.datetime();

/** Offsets are text: the largest, 2^63 - 1, has 19 digits and fits no number. */
export const StoredOffsets = z.record(
  z.string().regex(/^\d{1,10}$/, "expected a partition's number"),
  z.string().regex(/^\d{1,19}$/, "expected an offset"),
);

/** How far the source was read: where the next run reads on, or what exactly was read. */
export const SourcePosition = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("kafka"), topic: z.string().min(1).max(249), offsets: StoredOffsets }),
  z.strictObject({
    kind: z.literal("s3"),
    bucket: z.string().min(3).max(63),
    objects: z.array(z.strictObject({ key: z.string().min(1).max(1_024), size: count, digest: Digest })).max(100_000),
  }),
  z.strictObject({
    kind: z.literal("files"),
    files: z.array(z.strictObject({ path: z.string().min(1).max(500), size: count, digest: Digest })).max(100_000),
  }),
]);
export type SourcePosition = z.output<typeof SourcePosition>;

export const ColumnKind = z.enum(["boolean", "number", "text"]);
export type ColumnKind = z.output<typeof ColumnKind>;

/** A column and what its values are; none of them when every value is null. */
export const DatasetColumn = z.strictObject({ name: z.string().min(1).max(200), kinds: z.array(ColumnKind).max(3) });
export type DatasetColumn = z.output<typeof DatasetColumn>;

/** What is known of one snapshot. It is written last, so a record always has its snapshot. */
export const DatasetRecord = z.strictObject({
  version: z.literal(DATASET_RECORD_VERSION),
  name: ModelName,
  /** Names the snapshot: the SHA-256 of its bytes. */
  digest: Digest,
  format: z.enum(TABLE_FORMATS),
  rows: count,
  bytes: count,
  columns: z.array(DatasetColumn).max(100_000),
  /** Digest of `columns`: equal for two snapshots whose columns have equal names and kinds. */
  schemaHash: Digest,
  source: SourcePosition,
  /** First and last time of the messages read, those that left no row included. */
  timeRange: z.strictObject({ from: timestamp, to: timestamp }).nullable(),
  /** The snapshot collected before this one, where this one reads on. */
  parent: Digest.nullable(),
  messages: count,
  poison: PoisonCount,
  /** Rows that a later message of the same key replaced or deleted. */
  duplicates: count,
  tombstones: count,
  collectedAt: timestamp,
});
export type DatasetRecord = z.output<typeof DatasetRecord>;
