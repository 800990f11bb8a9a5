import type { BinaryRows } from "../binary/binary-rows.ts";
import { DECISION_THRESHOLD } from "../binary/binary-rows.ts";
import { isAllFinite } from "../finite.ts";
import type { Weights } from "../metric.ts";

/** Rows with the group of each by one attribute, such as a region. */
export interface GroupedRows extends BinaryRows {
  readonly groups: readonly string[];
  /** The group of each row, as an index into `groups`. */
  readonly groupOf: Uint32Array;
}

export interface GroupRates {
  readonly group: string;
  /** Counted, whatever their weight. */
  readonly rows: number;
  /** Fewer rows than asked: shown, never compared. */
  readonly tooFew: boolean;
  /** Share decided positive. Undefined where nothing has weight. */
  readonly selectionRate: number | undefined;
  /** Share of the positive rows decided positive; 0 without one, as in fairlearn. */
  readonly truePositiveRate: number | undefined;
  /** Share of the negative rows decided positive; 0 without one, as in fairlearn. */
  readonly falsePositiveRate: number | undefined;
}

/** Undefined where a score is not a finite number. Groups keep their order; one without rows has no rates. */
export function prepareGroupRates(
  rows: GroupedRows,
  minimumRows: number,
): ((weights?: Weights) => readonly GroupRates[]) | undefined {
  if (!isAllFinite(rows.scores)) return undefined;
  const { groups, groupOf, labels, scores } = rows;
  const counted = new Uint32Array(groups.length);
  for (const group of groupOf) counted[group] = (counted[group] ?? 0) + 1;
  const cells = groupOf.map(
    (group, row) => 4 * group + 2 * (labels[row] ?? 0) + Number((scores[row] ?? 0) >= DECISION_THRESHOLD),
  );
  return (weights) => {
    const sums = new Float64Array(4 * groups.length);
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row] ?? 0;
      sums[cell] = (sums[cell] ?? 0) + (weights === undefined ? 1 : (weights[row] ?? 0));
    }
    return groups.map((group, at) => {
      const rows = counted[at] ?? 0;
      return { group, rows, tooFew: rows < minimumRows, ...ratesOf(sums.subarray(4 * at, 4 * at + 4)) };
    });
  };
}

function ratesOf([trueNegative = 0, falsePositive = 0, falseNegative = 0, truePositive = 0]: Float64Array) {
  const positives = truePositive + falseNegative;
  const negatives = trueNegative + falsePositive;
  if (positives + negatives === 0)
    return { selectionRate: undefined, truePositiveRate: undefined, falsePositiveRate: undefined };
  return {
    selectionRate: (truePositive + falsePositive) / (positives + negatives),
    truePositiveRate: positives > 0 ? truePositive / positives : 0,
    falsePositiveRate: negatives > 0 ? falsePositive / negatives : 0,
  };
}
