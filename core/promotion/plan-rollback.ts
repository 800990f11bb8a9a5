import type { Digest } from "../digest.ts";
import type { ReleaseRecord } from "../registry/release-record.ts";
import { failure, type Result, success } from "../result.ts";

/** A version that has served: which one, from which commit's record, and whether it came up healthy. */
export interface ServedVersion {
  readonly digest: Digest;
  readonly generation: number;
  readonly commit: string;
  readonly healthy: boolean;
}

export type RollbackRefusal = "NOTHING_TO_ROLL_BACK" | "VERSION_UNKNOWN" | "ALREADY_SERVING";

/**
 * Which version a rollback goes to: the last healthy one before the current, taken from what was really deployed,
 * never "the previous number". With `to`, the newest healthy one whose digest starts so.
 */
export function planRollback(
  current: ReleaseRecord,
  served: readonly ServedVersion[],
  to: string | undefined,
): Result<ServedVersion, RollbackRefusal> {
  const healthy = served.filter((version) => version.healthy).sort((a, b) => b.generation - a.generation);
  if (to !== undefined) return rollbackTo(current, healthy, to.replace(/^sha256:/, ""));
  const previous = healthy.find(
    (version) => version.digest !== current.serving.digest && version.generation < current.generation,
  );
  if (previous !== undefined) return success(previous);
  return failure(
    "NOTHING_TO_ROLL_BACK",
    `No earlier version of ${current.model} has been healthy in ${current.environment}.`,
  );
}

function rollbackTo(
  current: ReleaseRecord,
  healthy: readonly ServedVersion[],
  prefix: string,
): Result<ServedVersion, RollbackRefusal> {
  const wanted = healthy.find((version) => version.digest.startsWith(`sha256:${prefix}`));
  if (wanted === undefined) {
    return failure("VERSION_UNKNOWN", `No version starting ${prefix} has been healthy in ${current.environment}.`);
  }
  if (wanted.digest === current.serving.digest) {
    return failure("ALREADY_SERVING", `${current.model} in ${current.environment} names ${prefix} already.`);
  }
  return success(wanted);
}
