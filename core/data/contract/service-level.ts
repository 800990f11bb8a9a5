import { z } from "zod";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const UNITS: Readonly<Record<string, number>> = {
  m: MINUTE,
  min: MINUTE,
  minute: MINUTE,
  minutes: MINUTE,
  h: 60 * MINUTE,
  hr: 60 * MINUTE,
  hour: 60 * MINUTE,
  hours: 60 * MINUTE,
  d: DAY,
  day: DAY,
  days: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
  weeks: 7 * DAY,
  y: 365 * DAY,
  yr: 365 * DAY,
  year: 365 * DAY,
  years: 365 * DAY,
};

export type Age = "freshness" | "retention";

const AGES: Readonly<Record<string, Age>> = {
  latency: "freshness",
  ly: "freshness",
  freshness: "freshness",
  retention: "retention",
  re: "retention",
};

/** A service level of the contract. Of all there are, the ages of rows are checked; the others are left alone. */
export const ServiceLevel = z
  .looseObject({
    property: z.string(),
    value: z.unknown().optional(),
    unit: z.string().optional(),
    element: z.string().optional(),
    description: z.string().optional(),
  })
  .superRefine((level, context) => {
    if (ageKind(level) === undefined) return;
    if (typeof level.value !== "number" || level.value <= 0)
      context.addIssue({ code: "custom", path: ["value"], message: "expected a number above 0" });
    if (unitOf(level) === undefined)
      context.addIssue({ code: "custom", path: ["unit"], message: "expected d, h, m (minutes), w or y" });
  });
export type ServiceLevel = z.output<typeof ServiceLevel>;

/** Which age of rows a service level limits; undefined when it speaks of something else. */
export function ageKind({ property }: Pick<ServiceLevel, "property">): Age | undefined {
  const name = property.toLowerCase();
  return Object.hasOwn(AGES, name) ? AGES[name] : undefined;
}

/** In milliseconds; a year is 365 days. Of a level that `ageKind` knows. */
export function ageOf(level: ServiceLevel): number {
  return Number(level.value) * (unitOf(level) ?? 0);
}

/** "4 d", as the contract has it. */
export function ageWords({ value, unit = "" }: ServiceLevel): string {
  return `${String(value)} ${unit}`.slice(0, 50);
}

/** The columns a service level is about: "rows.day", or "day" alone; several are separated by commas. */
export function columnsOf({ element = "" }: ServiceLevel): readonly string[] {
  const names = element.split(",").map((name) => name.trim());
  return names.filter((name) => name !== "").map((name) => name.slice(name.indexOf(".") + 1));
}

function unitOf({ unit = "" }: { readonly unit?: string | undefined }): number | undefined {
  const name = unit.toLowerCase();
  return Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
}
