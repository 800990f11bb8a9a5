import { z } from "zod";

export const PoisonReason = z.enum([
  "NOT_WIRE_FORMAT",
  "UNKNOWN_SCHEMA",
  "UNSUPPORTED_SCHEMA",
  "BAD_BYTES",
  "NOT_UTF8",
  "NOT_JSON",
  "NOT_AN_OBJECT",
  "COLUMN_CLASH",
  "BAD_COLUMN_NAME",
  "TOO_DEEP",
  "TOO_WIDE",
  "TOO_LARGE",
  "MISSING_ID",
]);
/** Why a message could not become a row. */
export type PoisonReason = z.output<typeof PoisonReason>;

const SENTENCES: Readonly<Record<PoisonReason, string>> = {
  NOT_WIRE_FORMAT: "the value does not start with the registry's five bytes",
  UNKNOWN_SCHEMA: "the registry does not know the value's schema id",
  UNSUPPORTED_SCHEMA: "the value's schema is neither Avro nor JSON",
  BAD_BYTES: "the bytes do not fit the value's schema",
  NOT_UTF8: "the value is not UTF-8 text",
  NOT_JSON: "the value is not JSON",
  NOT_AN_OBJECT: "the value is not an object of columns",
  COLUMN_CLASH: "two fields would become the same column",
  BAD_COLUMN_NAME: "a field's name is empty, too long or holds control characters",
  TOO_DEEP: "the value is nested too deep",
  TOO_WIDE: "the value has too many columns",
  TOO_LARGE: "the value is too large",
  MISSING_ID: "the id column is missing or empty",
};

export function describePoison(reason: PoisonReason): string {
  return SENTENCES[reason];
}

/** Where a poison message lies, so that a person can fetch it; its content is never repeated. */
export const PoisonPlace = z.strictObject({
  partition: z.number().int().min(0),
  offset: z.string().regex(/^\d{1,19}$/),
  reason: PoisonReason,
});
export type PoisonPlace = z.output<typeof PoisonPlace>;

export const PoisonCount = z.strictObject({
  count: z.number().int().min(0),
  reasons: z.partialRecord(PoisonReason, z.number().int().min(1)),
  /** The first ones of each partition, by partition and offset. */
  kept: z.array(PoisonPlace).max(1_000),
});
export type PoisonCount = z.output<typeof PoisonCount>;

const KEPT_PER_PARTITION = 20;
const KEPT = 1_000;

export interface PoisonShelf {
  /** Called in the order of offsets within a partition. True when this message is one of those kept aside. */
  add(place: PoisonPlace): boolean;
  count(): PoisonCount;
}

/** Counts all poison and keeps the first places of each partition, so that the order of partitions changes nothing. */
export function poisonShelf(): PoisonShelf {
  const places = new Map<number, PoisonPlace[]>();
  const reasons = new Map<PoisonReason, number>();
  return {
    add: (place) => {
      reasons.set(place.reason, (reasons.get(place.reason) ?? 0) + 1);
      const kept = places.get(place.partition) ?? [];
      places.set(place.partition, kept);
      if (kept.length >= KEPT_PER_PARTITION) return false;
      kept.push(place);
      return true;
    },
    count: () => ({
      count: [...reasons.values()].reduce((sum, each) => sum + each, 0),
      reasons: Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1))),
      kept: [...places]
        .sort(([a], [b]) => a - b)
        .flatMap(([, kept]) => kept)
        .slice(0, KEPT),
    }),
  };
}
