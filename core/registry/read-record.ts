import { UserError } from "../errors.ts";
import { parseAs } from "../parse-as.ts";
import type { Documents } from "../ports/documents.ts";
import { ReleaseRecord, recordPath } from "./release-record.ts";

export interface RecordKey {
  readonly model: string;
  readonly environment: string;
}

/** @throws UserError RECORD_INVALID, also when the record speaks of another model or environment than its path */
export function readRecord(text: string, documents: Documents, key: RecordKey): ReleaseRecord {
  const source = recordPath.format(key);
  const hint = "A release record is written by Tidemark and changed by merging its pull requests; restore it from git.";
  const record = parseAs(ReleaseRecord, documents.parse(text, source), { source, code: "RECORD_INVALID", hint });
  if (record.model === key.model && record.environment === key.environment) return record;
  throw new UserError("RECORD_INVALID", `${source} speaks of ${record.model} in ${record.environment}.`, hint);
}

export function printRecord(record: ReleaseRecord, documents: Documents): string {
  return `# Written by Tidemark. Change it by merging a promotion or rollback pull request.\n${documents.print(record)}`;
}
