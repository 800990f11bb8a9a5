import { ageKind, ageOf, ageWords, columnsOf, type ServiceLevel } from "../contract/service-level.ts";
import { type Contract, objectOf } from "../contract.ts";
import type { Limit } from "../limit.ts";
import { NONE } from "../limit.ts";
import type { Requirement } from "../requirement.ts";

const DAY = 24 * 60 * 60 * 1_000;

/** How old rows may be: at least one is younger than the freshness, none is older than the retention. */
export function ageRequirements(contract: Contract, now: Date): Requirement[] {
  const { properties } = objectOf(contract);
  return contract.slaProperties.flatMap((level, at) =>
    columnsOf(level).flatMap((column) => {
      const type = properties.find(({ name }) => name === column)?.logicalType;
      const since = earliest(now.getTime() - ageOf(level), type === "date" ? "day" : "moment");
      const asked = { level, column, since, now, at: ["slaProperties", at] };
      if (ageKind(level) === "freshness") return [freshness(asked)];
      return ageKind(level) === "retention" ? [retention(asked)] : [];
    }),
  );
}

interface Asked {
  readonly level: ServiceLevel;
  readonly column: string;
  readonly since: string;
  readonly now: Date;
  readonly at: readonly (string | number)[];
}

const ONE: Limit = { holds: (rows) => rows >= 1, words: "at least one expected", threshold: 1 };

function freshness({ level, column, since, now, at }: Asked): Requirement {
  // A date far ahead is a mistake, not news. A day ahead is today somewhere.
  const max = new Date(now.getTime() + DAY).toISOString();
  return {
    parts: [{ check: { kind: "date-between", column, min: since, max }, of: "kept" }],
    limit: ONE,
    unit: "rows",
    severity: "error",
    findingId: "DATA_STALE",
    breach: `values are younger than ${ageWords(level)} (${since} or later)`,
    method: "time in UTC; a date alone is its first moment, and counts as fresh all its day",
    nextStep: "Look at why the source has no newer rows, or change the service level.",
    at,
  };
}

function retention({ level, column, since, at }: Asked): Requirement {
  return {
    parts: [{ check: { kind: "date-between", column, min: since }, of: "broken" }],
    limit: NONE,
    unit: "rows",
    severity: "note",
    findingId: "DATA_PAST_RETENTION",
    breach: `values are before ${since}, longer ago than the ${ageWords(level)} they may be kept`,
    method: "time in UTC",
    nextStep: "Delete the rows at the source, or change the retention in the contract.",
    at,
  };
}

function earliest(time: number, grain: "day" | "moment"): string {
  const text = new Date(Math.max(time, MOST_PAST)).toISOString();
  return grain === "day" ? text.slice(0, 10) : text;
}

// The first year an ISO 8601 date can have without a sign.
const MOST_PAST = Date.parse("0001-01-01T00:00:00Z");
