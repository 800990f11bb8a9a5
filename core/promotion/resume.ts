import { UserError } from "../errors.ts";
import { resumedRecord } from "../registry/next-record.ts";
import type { RecordKey } from "../registry/read-record.ts";
import { existingRecord } from "../registry/record-at.ts";
import { resumeText } from "../report/promotion-text.ts";
import { defaultHead, type Promoted } from "./promote.ts";
import { proposeRecord } from "./propose-record.ts";
import type { RollbackPorts } from "./rollback.ts";

/** Opens the pull request that ends a hold; the version that serves stays. @throws UserError NOT_ON_HOLD */
export async function resume(ports: Omit<RollbackPorts, "clock">, key: RecordKey): Promise<Promoted> {
  const base = await defaultHead(ports.host);
  const current = await existingRecord(ports, key, base);
  if (current.hold === undefined) {
    throw new UserError(
      "NOT_ON_HOLD",
      `${key.model} in ${key.environment} is not on hold.`,
      "There is nothing to resume.",
    );
  }
  const record = resumedRecord(current);
  const title = `Resume promotions of ${key.model} to ${key.environment}`;
  const text = resumeText(record, current.hold);
  const proposed = await proposeRecord(ports.host, ports.documents, { record, base, title, text });
  return { ...proposed, record };
}
