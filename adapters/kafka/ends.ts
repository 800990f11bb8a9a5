import type { Admin } from "kafkajs";
import { UserError } from "#core/errors";
import type { Offsets } from "#core/ports/event-stream";
import type { StreamPlace } from "./problems.ts";
import type { Stretch } from "./progress.ts";

/** What to read of each partition: from the stored offset, or the earliest there is, to its end as it is now. */
export async function stretchesOf(
  admin: Admin,
  place: StreamPlace,
  from: Offsets,
): Promise<ReadonlyMap<number, Stretch>> {
  if (!(await admin.listTopics()).includes(place.topic)) {
    const error = new Error("This server does not host this topic");
    throw Object.assign(error, { type: "UNKNOWN_TOPIC_OR_PARTITION" });
  }
  const ends = await admin.fetchTopicOffsets(place.topic);
  const known = new Set(ends.map(({ partition }) => String(partition)));
  for (const [partition, offset] of Object.entries(from)) {
    if (!known.has(partition)) throw outOfRange(place, { partition, offset, why: "is of a partition that is gone" });
  }
  return new Map(
    [...ends]
      .sort((a, b) => a.partition - b.partition)
      .map(({ partition, low, high }) => [
        partition,
        { next: startOf(place, { partition, low, high, stored: from[String(partition)] }), end: BigInt(high) },
      ]),
  );
}

interface Range {
  readonly partition: number;
  readonly low: string;
  readonly high: string;
  readonly stored: string | undefined;
}

function startOf(place: StreamPlace, { partition, low, high, stored }: Range): bigint {
  if (stored === undefined) return BigInt(low);
  const problem = (why: string) => outOfRange(place, { partition, offset: stored, why });
  if (!/^\d{1,19}$/.test(stored)) throw problem("is not a number");
  const offset = BigInt(stored);
  if (offset < BigInt(low)) throw problem(`was deleted: the earliest is ${low}`);
  if (offset > BigInt(high)) throw problem(`lies behind the end, which is ${high}`);
  return offset;
}

interface Missing {
  readonly partition: number | string;
  readonly offset: string;
  readonly why: string;
}

export function outOfRange({ topic }: StreamPlace, { partition, offset, why }: Missing): UserError {
  return new UserError(
    "OFFSET_OUT_OF_RANGE",
    `The stored offset ${offset} of partition ${partition} of "${topic}" ${why}.`,
    "Records were deleted before they were collected, or the topic was made anew; remove the stored offsets to start again at the earliest record.",
  );
}
