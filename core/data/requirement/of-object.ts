import { severityOf } from "../contract/quality.ts";
import type { SchemaObject } from "../contract/schema-object.ts";
import { type Contract, featureColumns, labelColumn, objectOf, objectPath } from "../contract.ts";
import { limitOf, NONE } from "../limit.ts";
import type { Requirement } from "../requirement.ts";
import { tidemarkRules } from "../tidemark-rule.ts";
import { ALL_ROWS, strict } from "./strict.ts";

/** What a contract asks of several columns together. */
export function objectRequirements(contract: Contract): Requirement[] {
  const object = objectOf(contract);
  return [...keyRequirement(object), ...duplicateRules(object), ...sameRows(object), ...conflicts(contract)];
}

/** Names of the columns that tell one row from every other, in the key's order. */
export function keyColumns({ properties }: SchemaObject): readonly string[] {
  const keys = properties.filter(({ primaryKey }) => primaryKey);
  const position = ({ primaryKeyPosition: place = -1 }: (typeof keys)[number]) => (place < 1 ? keys.length + 1 : place);
  return [...keys].sort((a, b) => position(a) - position(b)).map(({ name }) => name);
}

function keyRequirement(object: SchemaObject): Requirement[] {
  const columns = keyColumns(object);
  const [first] = columns;
  if (first === undefined) return [];
  const at = [...objectPath, "properties", object.properties.findIndex(({ name }) => name === first)];
  const isUnique = columns.length === 1 && object.properties.some(({ name, unique }) => name === first && unique);
  // A single key that is marked unique as well is one promise, not two.
  if (isUnique) return [];
  return [
    strict(
      { kind: "unique", columns },
      { findingId: "DATA_DUPLICATE_KEYS", breach: "rows repeat the key of another row", at },
    ),
  ];
}

function duplicateRules({ quality }: SchemaObject): Requirement[] {
  return quality.flatMap((rule, index) => {
    const limit = limitOf(rule);
    const columns = rule.arguments?.properties;
    if (rule.metric !== "duplicateValues" || limit === undefined || columns === undefined) return [];
    return [
      {
        parts: [{ check: { kind: "unique", columns }, of: "broken" }],
        limit,
        unit: rule.unit === "percent" ? "percent" : "rows",
        severity: severityOf(rule),
        findingId: "DATA_DUPLICATE_KEYS",
        breach: "rows repeat the values of another row",
        method: `duplicateValues, ${ALL_ROWS}`,
        at: [...objectPath, "quality", index],
      },
    ];
  });
}

/** A key that is unique rules out equal rows; without one they are looked for. */
function sameRows({ properties }: SchemaObject): Requirement[] {
  if (properties.some(({ primaryKey, unique }) => primaryKey || unique)) return [];
  return [
    {
      parts: [{ check: { kind: "distinct-rows" }, of: "broken" }],
      limit: NONE,
      unit: "rows",
      severity: "warning",
      findingId: "DATA_DUPLICATE_ROWS",
      breach: "rows are the same as an earlier one in every column",
      method: `exact comparison of whole rows, ${ALL_ROWS}`,
      nextStep: "Leave out the copies, or give the contract a key that tells the rows apart.",
      at: objectPath,
    },
  ];
}

/** Repeats of the features, less repeats of features and label: rows that say otherwise of the same case. */
function conflicts(contract: Contract): Requirement[] {
  const features = featureColumns(contract);
  const label = labelColumn(contract);
  if (label === undefined) return [];
  return tidemarkRules(contract, "conflictingLabels").map(({ limit, severity, at }) => ({
    parts: [
      { check: { kind: "unique", columns: features }, of: "broken" },
      { check: { kind: "unique", columns: [...features, label] }, of: "minus broken" },
    ],
    limit,
    unit: "percent",
    severity,
    findingId: "DATA_CONFLICTING_LABELS",
    breach: "rows have another label than an equal row",
    method: "complete rows, compared in all columns but keys and the label",
    nextStep: "Look at how the label is made, or add the column that tells the rows apart.",
    at,
  }));
}
