import { objectMarks } from "../contract/marks.ts";
import { type Contract, isKnownOnlyLater, objectOf, objectPath, propertyPath } from "../contract.ts";
import { type Found, findingOf, shortName } from "../finding.ts";

export interface Header {
  readonly columns: readonly string[];
  readonly rows: number;
}

/** Columns are matched by name; their order counts only if the contract says so. */
export function columnFindings(contract: Contract, header: Header): readonly Found[] {
  return [
    ...missing(contract, header),
    ...later(contract, header),
    ...unknown(contract, header),
    ...order(contract, header),
  ];
}

function missing(contract: Contract, { columns, rows }: Header): Found[] {
  const present = new Set(columns);
  return objectOf(contract)
    .properties.filter((property) => !present.has(property.name) && !isKnownOnlyLater(property))
    .map(({ name, required, primaryKey }) => ({
      finding: findingOf({
        id: "DATA_COLUMN_MISSING",
        severity: required || primaryKey ? "error" : "warning",
        column: name,
        sentence: `The contract names column "${name}", the file has no such column.`,
        nextStep: "Add the column to the data, or take it out of the contract.",
        rows,
        method: BY_NAME,
        line: 1,
      }),
      at: propertyPath(contract, name),
    }));
}

function later(contract: Contract, { columns, rows }: Header): Found[] {
  const present = new Set(columns);
  return objectOf(contract)
    .properties.filter((property) => present.has(property.name) && isKnownOnlyLater(property))
    .map(({ name }) => ({
      finding: findingOf({
        id: "DATA_KNOWN_ONLY_LATER",
        severity: "error",
        column: name,
        sentence: `Column "${name}" is known only after the event, so a model trained on it would know the future.`,
        nextStep: "Leave the column out of the training data.",
        rows,
        method: BY_NAME,
        line: 1,
      }),
      at: propertyPath(contract, name),
    }));
}

function unknown(contract: Contract, { columns, rows }: Header): Found[] {
  const known = new Set(objectOf(contract).properties.map(({ name }) => name));
  return columns
    .filter((name) => !known.has(name))
    .map((name) => ({
      finding: findingOf({
        id: "DATA_COLUMN_UNKNOWN",
        severity: "warning",
        column: name,
        sentence: `Column "${shortName(name)}" is not in the contract.`,
        nextStep: "Describe it in the contract, or leave it out of the data.",
        rows,
        method: BY_NAME,
        line: 1,
      }),
      at: objectPath,
    }));
}

/** Told of the first column that stands elsewhere; columns that are missing or unknown are told of themselves. */
function order(contract: Contract, { columns, rows }: Header): Found[] {
  const { properties, customProperties } = objectOf(contract);
  if (objectMarks(customProperties).columnOrder !== "contract") return [];
  const present = new Set(columns);
  const expected = properties.map(({ name }) => name).filter((name) => present.has(name));
  const known = new Set(expected);
  const found = columns.filter((name) => known.has(name));
  const at = found.findIndex((name, place) => name !== expected[place]);
  const name = found[at];
  if (name === undefined) return [];
  const finding = findingOf({
    id: "DATA_COLUMN_ORDER",
    severity: "error",
    column: name,
    sentence: `Column "${shortName(name)}" stands where the contract has "${shortName(expected[at] ?? "")}".`,
    nextStep: "Write the columns in the contract's order, or set columnOrder to any.",
    statistic: "place among the contract's columns",
    value: at + 1,
    threshold: expected.indexOf(name) + 1,
    rows,
    method: "order of the columns that both the file and the contract have",
    line: 1,
  });
  return [{ finding, at: propertyPath(contract, name) }];
}

const BY_NAME = "names compared byte by byte";
