import { moments } from "../../statistics/moments.ts";
import { quantile } from "../../statistics/quantile.ts";
import type { CategoricalColumn, Column } from "../column.ts";
import { decileBins } from "../drift/psi.ts";
import { type SortedColumn, sortedColumn } from "../drift/sorted-column.ts";
import { evenSample } from "./even-sample.ts";
import { histogram } from "./histogram.ts";
import { MOST_SAMPLED } from "./profile-size.ts";
import type { CategoricalProfile, NumericProfile, ReferenceProfile } from "./reference-profile.ts";

export interface ProfileOptions {
  /** Categories of fewer rows are counted but not named: a small group may be one person. */
  readonly smallestGroup: number;
  /** Values kept per numeric column, at most 10,000; D is then off by at most 1/(2 × this). */
  readonly sampleSize: number;
  /** Columns, such as those with personal data, of which only counts and missing rows are kept. */
  readonly withheld: readonly string[];
}

// 2,000 values keep a column about 40 kB and D within 0.00025, where the floor of drift is 0.1.
export const DEFAULT_PROFILE: ProfileOptions = { smallestGroup: 5, sampleSize: 2_000, withheld: [] };

const MOST_NAMED = 100;

export function profileOf(columns: readonly Column[], options: Partial<ProfileOptions> = {}): ReferenceProfile {
  return referenceProfile(
    columns.map((column) => columnProfile(column, options)),
    options,
  );
}

export function referenceProfile(
  columns: readonly (NumericProfile | CategoricalProfile)[],
  options: Partial<ProfileOptions> = {},
): ReferenceProfile {
  return {
    format: "tidemark/profile",
    version: 1,
    rows: Math.max(0, ...columns.map(rowsOf)),
    smallestGroup: options.smallestGroup ?? DEFAULT_PROFILE.smallestGroup,
    columns: [...columns],
  };
}

export function columnProfile(
  column: Column,
  options: Partial<ProfileOptions> = {},
): NumericProfile | CategoricalProfile {
  const chosen = { ...DEFAULT_PROFILE, ...options };
  return column.kind === "numeric" ? numericProfile(sortedColumn(column), chosen) : categoricalProfile(column, chosen);
}

export function numericProfile(
  { name, values, missing, infinite }: SortedColumn,
  { sampleSize, withheld }: ProfileOptions,
): NumericProfile {
  const base = { kind: "numeric" as const, name, count: values.length, missing, infinite };
  const size = withheld.includes(name) ? undefined : moments(values);
  const [min, max] = [values[0], values.at(-1)];
  if (size === undefined || min === undefined || max === undefined) return { ...base, summary: null };
  return {
    ...base,
    summary: {
      distinct: distinctOf(values),
      min,
      max,
      mean: tenDigits(size.mean),
      sd: tenDigits(size.sd),
      quantiles: Object.fromEntries(PERCENTS.map((percent) => [`p${percent}`, quantile(values, percent / 100)])),
      deciles: { ...decileBins(values) } as { edges: number[]; counts: number[] },
      histogram: histogram(values),
      sample: [...evenSample(values, Math.min(sampleSize, MOST_SAMPLED))],
    },
  };
}

const PERCENTS = [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99];

export function categoricalProfile(
  column: CategoricalColumn,
  { smallestGroup, withheld }: ProfileOptions,
): CategoricalProfile {
  const present = [...column.counts].filter(([, rows]) => rows > 0);
  const count = present.reduce((sum, [, rows]) => sum + rows, column.untold.rows);
  const distinct = present.length + column.untold.values;
  const top = present
    .filter(([, rows]) => rows >= smallestGroup && !withheld.includes(column.name))
    .sort(([a, some], [b, others]) => others - some || (a < b ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map(([value, rows]) => ({ value, rows }));
  const named = top.reduce((sum, { rows }) => sum + rows, 0);
  return {
    kind: "categorical",
    name: column.name,
    count,
    missing: column.missing,
    distinct,
    top,
    unnamed: { values: distinct - top.length, rows: count - named },
  };
}

function rowsOf(profile: NumericProfile | CategoricalProfile): number {
  return profile.count + profile.missing + (profile.kind === "numeric" ? profile.infinite : 0);
}

export function distinctOf(sorted: Float64Array): number {
  let distinct = 0;
  for (let at = 0; at < sorted.length; at++) if (sorted[at] !== sorted[at - 1]) distinct++;
  return distinct;
}

function tenDigits(value: number): number {
  return Number(value.toPrecision(10));
}
