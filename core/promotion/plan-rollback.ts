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
  const below = firstGeneration(current, healthy);
  const previous = healthy.find((version) => version.digest !== current.serving.digest && version.generation < below);
  if (previous !== undefined) return success(previous);
  return failure(
    "NOTHING_TO_ROLL_BACK",
    `No earlier version of ${current.model} has been healthy in ${current.environment}.`,
  );
}

/**
 * After a rollback the version before in time is the one just fled. Then "earlier" means: before the version that
 * serves now came up for the first time.
 */
function firstGeneration({ reason, generation, serving }: ReleaseRecord, healthy: readonly ServedVersion[]): number {
  if (reason !== "rollback" && reason !== "resume") return generation;
  const served = healthy.filter(({ digest }) => digest === serving.digest);
  return Math.min(generation, ...served.map((version) => version.generation));
}

function rollbackTo(
  current: ReleaseRecord,
  healthy: readonly ServedVersion[],
  prefix: string,
): Result<ServedVersion, RollbackRefusal> {
  const isDigest = /^[0-9a-f]{4,64}$/.test(prefix);
  const wanted = healthy.find((version) => isDigest && version.digest.startsWith(`sha256:${prefix}`));
  if (wanted === undefined) {
    return failure("VERSION_UNKNOWN", `No version starting ${prefix} has been healthy in ${current.environment}.`);
  }
  if (wanted.digest === current.serving.digest) {
    return failure("ALREADY_SERVING", `${current.model} in ${current.environment} names ${prefix} already.`);
  }
  return success(wanted);
}
