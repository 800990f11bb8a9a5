import { servedVersions } from "../deployment/history.ts";
import { shortDigest } from "../digest.ts";
import { UserError } from "../errors.ts";
import type { Clock } from "../ports/clock.ts";
import type { CodeHost } from "../ports/code-host.ts";
import type { Documents } from "../ports/documents.ts";
import { rolledBackRecord } from "../registry/next-record.ts";
import type { RecordKey } from "../registry/read-record.ts";
import { existingRecord } from "../registry/record-at.ts";
import { recordPath, type Version } from "../registry/release-record.ts";
import { rollbackText } from "../report/promotion-text.ts";
import { planRollback, type RollbackRefusal, type ServedVersion } from "./plan-rollback.ts";
import { defaultHead, type Promoted } from "./promote.ts";
import { proposeRecord } from "./propose-record.ts";

export interface RollbackPorts {
  readonly host: CodeHost;
  readonly documents: Documents;
  readonly clock: Clock;
}

export interface RollbackRequest {
  readonly key: RecordKey;
  /** A digest or its beginning; the last healthy version when left out. */
  readonly to: string | undefined;
  readonly reason: string;
  readonly by: string;
  /** What asked for it, such as `comment:123`; see Hold. */
  readonly request: string;
}

const HINTS: Record<RollbackRefusal, string> = {
  NOTHING_TO_ROLL_BACK: "Promote a good version instead.",
  VERSION_UNKNOWN: "Name the digest of a version that has served; the deployments page lists them.",
  ALREADY_SERVING: "Nothing has to be done.",
};

const HISTORY = 100;

/** Opens the pull request that goes back to a version that was healthy, and holds the environment there. */
export async function rollback(ports: RollbackPorts, request: RollbackRequest): Promise<Promoted> {
  const { host, documents, clock } = ports;
  const { key, reason, by } = request;
  const base = await defaultHead(host);
  const current = await existingRecord(ports, key, base);
  const served = servedVersions(await host.deployments.list(key.environment, HISTORY), key);
  const plan = planRollback(current, served, request.to);
  if (!plan.ok) throw new UserError(plan.code, plan.reason, HINTS[plan.code]);
  const version = await versionServed(ports, key, plan.value);
  const record = rolledBackRecord(current, version, {
    reason: reason.slice(0, 500),
    by: by.slice(0, 100),
    since: clock().toISOString(),
    request: request.request,
  });
  const title = `Roll back ${key.model} in ${key.environment} to ${shortDigest(version.digest)}`;
  const proposed = await proposeRecord(host, documents, {
    record,
    base,
    title,
    text: rollbackText(record, current),
  });
  return { ...proposed, record };
}

/** The version in full stands in the record of the commit that deployed it: git is the record. */
async function versionServed(ports: RollbackPorts, key: RecordKey, served: ServedVersion): Promise<Version> {
  const { branches } = ports.host;
  if (!(await branches.contains(await branches.defaultBranch(), served.commit))) {
    throw new UserError(
      "VERSION_UNKNOWN",
      `${served.commit.slice(0, 7)}, from which ${shortDigest(served.digest)} was deployed, is not on the default branch.`,
      "Name another version to roll back to.",
    );
  }
  const { serving } = await existingRecord(ports, key, served.commit);
  if (serving.digest === served.digest) return serving;
  const path = recordPath.format(key);
  throw new UserError(
    "RECORD_MISMATCH",
    `${path} at ${served.commit.slice(0, 7)} names another version than was deployed from it.`,
    "Name another version to roll back to.",
  );
}
