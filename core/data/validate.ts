import type { DataMeasurement } from "../ports/data-engine.ts";
import { type Contract, isKnownOnlyLater } from "./contract.ts";
import type { Finding } from "./finding.ts";
import { type Requirement, requirementsOf, rowCountLimits } from "./requirement.ts";

/**
 * What a dataset breaks of its contract. Columns are matched by name, whatever their order.
 * @param measurement of exactly `requirementsOf(contract)`
 */
export function validate(contract: Contract, measurement: DataMeasurement): readonly Finding[] {
  return [
    ...columnFindings(contract, measurement),
    ...rowCountFindings(contract, measurement),
    ...requirementsOf(contract).flatMap((requirement, at) => requirementFinding(requirement, measurement, at)),
  ];
}

function checkedColumns(check: Requirement["check"]): readonly string[] {
  return check.kind === "unique" ? check.columns : [check.column];
}

function columnFindings(contract: Contract, { columns, rows }: DataMeasurement): Finding[] {
  const properties = contract.schema.flatMap((object) => object.properties);
  const present = new Set(columns);
  const known = new Set(properties.map((property) => property.name));
  const missing = properties.filter((property) => !present.has(property.name) && !isKnownOnlyLater(property));
  const later = properties.filter((property) => present.has(property.name) && isKnownOnlyLater(property));
  const base = { statistic: null, value: null, threshold: null, rows, line: 1 };
  return [
    ...missing.map(
      ({ name, required }): Finding => ({
        ...base,
        id: "DATA_COLUMN_MISSING",
        severity: required ? "error" : "warning",
        column: name,
        sentence: `The contract names column "${name}", the file has no such column.`,
        nextStep: "Add the column to the data, or take it out of the contract.",
      }),
    ),
    ...later.map(
      ({ name }): Finding => ({
        ...base,
        id: "DATA_KNOWN_ONLY_LATER",
        severity: "error",
        column: name,
        sentence: `Column "${name}" is known only after the event, so a model trained on it would know the future.`,
        nextStep: "Leave the column out of the training data.",
      }),
    ),
    ...columns
      .filter((name) => !known.has(name))
      .map(
        (name): Finding => ({
          ...base,
          id: "DATA_COLUMN_UNKNOWN",
          severity: "warning",
          column: name.slice(0, 200),
          sentence: `Column "${name.slice(0, 200)}" is not in the contract.`,
          nextStep: "Describe it in the contract, or leave it out of the data.",
        }),
      ),
  ];
}

function rowCountFindings(contract: Contract, { rows }: DataMeasurement): Finding[] {
  return rowCountLimits(contract)
    .filter((limit) => !limit.holds(rows))
    .map((limit) => ({
      id: "DATA_ROW_COUNT",
      severity: "error",
      column: null,
      sentence: `The file has ${rows} rows; the number of rows ${limit.words}.`,
      nextStep: "Check that the file is complete, or change the row count in the contract.",
      statistic: "row count",
      value: rows,
      threshold: limit.threshold,
      rows,
      line: null,
    }));
}

function requirementFinding(
  requirement: Requirement,
  { rows, results, columns }: DataMeasurement,
  at: number,
): Finding[] {
  const { check, limit, unit, findingId, breach, severity } = requirement;
  const result = results[at];
  const present = new Set(columns);
  if (result === undefined || !checkedColumns(check).every((column) => present.has(column))) return [];
  const share = result.checked === 0 ? 0 : (100 * result.broken) / result.checked;
  const value = unit === "percent" ? share : result.broken;
  if (limit.holds(value)) return [];
  const where = checkedColumns(check).join(", ").slice(0, 200);
  const seen = `${result.broken} of ${result.checked} (${share.toFixed(1)} %)`;
  return [
    {
      id: findingId,
      severity,
      column: where,
      sentence: `Column "${where}": ${seen} ${breach}; ${limit.words}${unit === "percent" ? " percent" : ""}.`,
      nextStep:
        result.firstLine === undefined
          ? "Mend the data, or change the contract."
          : `Look at line ${result.firstLine} of the file first.`,
      statistic: unit === "percent" ? "percent of rows" : "rows",
      value: Number(value.toPrecision(12)),
      threshold: limit.threshold,
      rows,
      line: result.firstLine ?? null,
    },
  ];
}
