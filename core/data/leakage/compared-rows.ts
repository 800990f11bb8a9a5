import { type Contract, featureColumns, labelColumn, objectOf } from "../contract.ts";
import type { Survey } from "../survey.ts";
import { tidemarkRules } from "../tidemark-rule.ts";
import { chanceOfEqual } from "./chance-of-equal.ts";

/** By what a training row is known again in a holdout, and how much it weighs. */
export interface ComparedRows {
  readonly columns: readonly string[];
  readonly severity: "error" | "warning";
}

// Where chance alone would show more than one holdout row in a hundred among the training rows, equal rows prove nothing.
const MOST_BY_CHANCE = 0.01;

/**
 * Keys are left out, because a row under another key is the same row; but where rows without their keys are so alike
 * that many are equal by chance, the keys tell. Without any, equal rows are worth a warning. A limit in the contract is
 * always of rows without their keys. Undefined when there is nothing to compare.
 */
export function comparedRows(contract: Contract, training: Survey, holdout: Survey): ComparedRows | undefined {
  const inBoth = (names: readonly string[]) =>
    names.filter((name) => [training, holdout].every(({ measurement }) => measurement.columns.includes(name)));
  const label = labelColumn(contract);
  const columns = inBoth([...featureColumns(contract), ...(label === undefined ? [] : [label])]);
  const all = inBoth(objectOf(contract).properties.map(({ name }) => name));
  const [rule] = tidemarkRules(contract, "sharedRows");
  if (all.length === 0 || (rule !== undefined && columns.length === 0)) return undefined;
  if (rule !== undefined || !areAlike(columns, training)) return { columns, severity: "error" };
  return { columns: all, severity: all.length > columns.length ? "error" : "warning" };
}

function areAlike(names: readonly string[], { columns, measurement }: Survey): boolean {
  const profiles = columns.map(({ profile }) => profile).filter(({ name }) => names.includes(name));
  return measurement.rows * chanceOfEqual(profiles) > MOST_BY_CHANCE;
}
