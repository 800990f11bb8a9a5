import type { CheckResult } from "#core/data/check";
import { Contract } from "#core/data/contract";
import type { DataMeasurement } from "#core/data/data-measurement";
import { checksOf, requirementsOf } from "#core/data/requirements-of";
import type { ColumnSurvey, Survey } from "#core/data/survey";
import type { Expectations } from "#core/data/validate";
import { digestOf } from "#core/digest";

type Json = Record<string, unknown>;

/** A contract of these columns, as people write it, without what every contract says. */
export function contractText(
  properties: readonly Json[],
  quality: readonly Json[] = [],
  { object = {}, ...facts }: Json & { readonly object?: Json } = {},
): Json {
  return {
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: "strikes",
    version: "1.0.0",
    status: "active",
    schema: [{ name: "rows", properties, quality, ...object }],
    ...facts,
  };
}

export function contract(
  properties: readonly Json[],
  quality: readonly Json[] = [],
  facts: Json & { readonly object?: Json } = {},
): Contract {
  return Contract.parse(contractText(properties, quality, facts));
}

export const NOW = new Date("2026-03-02T10:00:00Z");

/** What is asked of a dataset under this contract, with nothing known but the time. */
export function expectations(of: Contract, facts: Partial<Expectations> = {}): Expectations {
  return { contract: of, now: NOW, related: new Map(), previous: undefined, ...facts };
}

interface SurveyFacts extends Partial<Omit<DataMeasurement, "results">> {
  /** By the kind of the check; every other check is broken by no row. */
  readonly broken?: Readonly<Record<string, Partial<CheckResult>>>;
  readonly answers?: Survey["answers"];
  readonly surveyed?: Survey["columns"];
  readonly anonymity?: Survey["anonymity"];
}

/** What an engine finds in a file that has every column of the contract and keeps it, but for what is told. */
export function survey({ contract: of, ...circumstances }: Expectations, facts: SurveyFacts = {}): Survey {
  const { broken = {}, rows = 1_000, answers = [], surveyed = [], anonymity = null, ...measured } = facts;
  const results = checksOf(requirementsOf(of, circumstances)).map((check): CheckResult => {
    return { broken: 0, checked: rows, firstLine: undefined, ...broken[check.kind] };
  });
  const columns = of.schema.flatMap(({ properties }) => properties.map(({ name }) => name));
  const measurement = { digest: digestOf("data"), bytes: 40_000, rows, columns, results, ...measured };
  return { measurement, answers, columns: surveyed, absent: [], anonymity };
}

/** One column as an engine describes it: 1,000 rows, nothing suspicious. */
export function surveyedColumn(name: string, facts: Partial<ColumnSurvey> = {}): ColumnSurvey {
  const counts = { count: 1_000, missing: 0, distinct: 2, top: [], unnamed: { values: 2, rows: 1_000 } };
  const profile = { kind: "categorical" as const, name, ...counts };
  return { profile, drift: null, personal: null, draft: {}, labelTold: null, ...facts };
}
