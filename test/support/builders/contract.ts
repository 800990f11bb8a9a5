import type { CheckResult } from "#core/data/check";
import { Contract } from "#core/data/contract";
import { requirementsOf } from "#core/data/requirement";
import { digestOf } from "#core/digest";
import type { DataMeasurement } from "#core/ports/data-engine";

type Json = Record<string, unknown>;

/** A contract of these columns, as people write it, without what every contract says. */
export function contractText(properties: readonly Json[], quality: readonly Json[] = []): Json {
  return {
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: "strikes",
    version: "1.0.0",
    status: "active",
    schema: [{ name: "rows", properties, quality }],
  };
}

export function contract(properties: readonly Json[], quality: readonly Json[] = []): Contract {
  return Contract.parse(contractText(properties, quality));
}

interface MeasurementFacts extends Partial<Omit<DataMeasurement, "results">> {
  /** By the kind of the check; every other check is broken by no row. */
  readonly broken?: Readonly<Record<string, Partial<CheckResult>>>;
}

/** What an engine counts on a file that has every column of the contract and keeps it, but for what is told. */
export function measurement(
  of: Contract,
  { broken = {}, rows = 1_000, ...facts }: MeasurementFacts = {},
): DataMeasurement {
  const results = requirementsOf(of).map(({ check }): CheckResult => {
    return { broken: 0, checked: rows, firstLine: undefined, ...broken[check.kind] };
  });
  const columns = of.schema.flatMap(({ properties }) => properties.map(({ name }) => name));
  return { digest: digestOf("data"), bytes: 40_000, rows, columns, results, ...facts };
}
