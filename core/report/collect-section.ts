import type { DatasetRecord } from "../data/collect/dataset-record.ts";
import { describePoison, type PoisonReason } from "../data/collect/poison.ts";
import { shortDigest } from "../digest.ts";
import { code, plain, table } from "./markdown.ts";
import { bytes, count, plural } from "./numbers.ts";

export interface Collection {
  readonly kind: "collected" | "unchanged";
  readonly record: DatasetRecord;
  readonly recordPath: string;
  /** Where the snapshot is kept. */
  readonly store: string;
}

/** The job summary of one collection. */
export function collectSection({ kind, record, recordPath, store }: Collection): string {
  const title = kind === "collected" ? "collected" : "unchanged";
  const facts: readonly (readonly [string, string])[] = [
    ["Snapshot", code(record.digest)],
    ["Rows", count(record.rows)],
    ["Size", `${bytes(record.bytes)} in ${plural(record.files.length, "file")}`],
    ["Columns", count(record.columns.length)],
    ["Source", sourceText(record)],
    ["Parent", record.parent === null ? "none" : code(shortDigest(record.parent))],
    ["Kept in", code(store)],
    ["Record", code(recordPath)],
  ];
  const parts = [
    `### Dataset ${code(record.name)}: ${title}`,
    table(["", ""], [":--", ":--"], facts),
    ...messageLines(record),
  ];
  return `${parts.join("\n\n")}\n`;
}

function sourceText({ source, upstream }: DatasetRecord): string {
  switch (source.kind) {
    case "kafka":
      return `topic ${code(source.topic)}`;
    case "s3":
      return `${plural(source.objects.length, "object")} of the bucket ${code(source.bucket)}`;
    case "https":
      return source.files.length === 1
        ? code(source.files[0]?.url ?? "")
        : `${plural(source.files.length, "file")} of the web`;
    case "files":
      return `${plural(source.files.length, "file")}${upstream === null ? "" : `, DVC ${code(upstream.md5)}`}`;
  }
}

function messageLines({ messages, duplicates = 0, tombstones = 0, poison, deadLetters }: DatasetRecord) {
  if (messages === undefined) return [];
  const lines = [
    `- ${plural(messages, "message")} read, ${plural(duplicates, "row")} replaced, ${plural(tombstones, "deletion")}`,
  ];
  for (const [reason, number] of Object.entries(poison?.reasons ?? {})) {
    lines.push(`- ${plural(number, "message")} left out: ${plain(describePoison(reason as PoisonReason))}`);
  }
  if (deadLetters) lines.push(`- ${count(deadLetters.kept)} of them kept as ${code(deadLetters.digest)}`);
  return [lines.join("\n")];
}
