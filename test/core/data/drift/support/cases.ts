import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CategoricalColumn, NOTHING_UNTOLD, type NumericColumn } from "#core/data/column";

interface Recipe {
  readonly length: number;
  readonly multiplier: number;
  readonly offset: number;
  readonly modulus: number;
  readonly divisor: number;
  readonly shift: number;
}

type StoredValues = Recipe | readonly (number | null)[];

interface MissingTest {
  readonly statistic: number;
  readonly p_value: number;
}

interface NumericCase {
  readonly name: string;
  readonly reference: StoredValues;
  readonly current: StoredValues;
  readonly expected: {
    readonly n_reference: number;
    readonly n_current: number;
    readonly ks: { readonly statistic: number; readonly p_value: number };
    readonly psi: number;
    readonly wasserstein: number;
    readonly wasserstein_normed: number | null;
    readonly missing: MissingTest | null;
  };
}

interface StoredCounts {
  readonly counts: Readonly<Record<string, number>>;
  readonly missing: number;
}

interface CategoricalCase {
  readonly name: string;
  readonly reference: StoredCounts;
  readonly current: StoredCounts;
  readonly expected: {
    readonly n_reference: number;
    readonly n_current: number;
    readonly chi2: { readonly statistic: number; readonly dof: number; readonly p_value: number };
    readonly psi: number;
    readonly js_distance: number;
    readonly cramers_v: number | null;
    readonly effect: number | null;
    readonly pooled_p: number;
    readonly unseen: readonly number[];
    readonly missing: MissingTest | null;
  };
}

export const NUMERIC_CASES = read<NumericCase>("numeric.json").map((stored) => ({
  name: stored.name,
  expected: stored.expected,
  reference: numeric(valuesOf(stored.reference)),
  current: numeric(valuesOf(stored.current)),
}));

export const CATEGORICAL_CASES = read<CategoricalCase>("categorical.json").map((stored) => ({
  name: stored.name,
  expected: stored.expected,
  reference: categorical(stored.reference.counts, stored.reference.missing),
  current: categorical(stored.current.counts, stored.current.missing),
}));

export function numeric(values: Iterable<number>, name = "x"): NumericColumn {
  return { kind: "numeric", name, values: Float64Array.from(values) };
}

export function categorical(counts: Readonly<Record<string, number>>, missing = 0, name = "x"): CategoricalColumn {
  return { kind: "categorical", name, counts: new Map(Object.entries(counts)), missing, untold: NOTHING_UNTOLD };
}

function valuesOf(stored: StoredValues): Float64Array {
  if (!("length" in stored && "multiplier" in stored)) {
    return Float64Array.from(stored as readonly (number | null)[], (value) => value ?? Number.NaN);
  }
  const { length, multiplier, offset, modulus, divisor, shift } = stored;
  return Float64Array.from({ length }, (_, i) => ((i * multiplier + offset) % modulus) / divisor + shift);
}

function read<Case>(name: string): readonly Case[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures", name), "utf8"));
}
