import { isAllFinite } from "../finite.ts";
import { type Direction, NO_VALUE, type Weights } from "../metric.ts";
import { remembered } from "../remembered.ts";
import { type BinaryMetric, type BinaryRows, DECISION_THRESHOLD } from "./binary-rows.ts";

/** Weights of the rows by decision and truth. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

export interface ConfusionMetric {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  /** Undefined where the confusion gives it no value. */
  readonly of: (confusion: Confusion) => number | undefined;
}

/** A metric of decisions at a threshold of 0.5, where a score at the threshold is positive. */
export function confusionMetric({ of, ...metric }: ConfusionMetric): BinaryMetric {
  return {
    ...metric,
    prepare: (rows) => {
      const cells = decidedCells(rows);
      return cells === undefined ? NO_VALUE : (weights) => whereWeighed(confusionOf(cells, weights), of);
    },
  };
}

/** Decisions at a threshold; a score at the threshold is positive. Undefined where a score is not a finite number. */
export function confusionAt(rows: BinaryRows, threshold: number, weights?: Weights): Confusion | undefined {
  return isAllFinite(rows.scores) ? confusionOf(cellsAt(rows, threshold), weights) : undefined;
}

const decidedCells = remembered((rows: BinaryRows) =>
  rows.labels.length > 0 && isAllFinite(rows.scores) ? cellsAt(rows, DECISION_THRESHOLD) : undefined,
);

/** 2 × label + decision, row by row. */
function cellsAt({ labels, scores }: BinaryRows, threshold: number): Uint8Array {
  return labels.map((label, row) => 2 * label + Number((scores[row] ?? 0) >= threshold));
}

function confusionOf(cells: Uint8Array, weights: Weights): Confusion {
  const sums = new Float64Array(4);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? 0;
    sums[cell] = (sums[cell] ?? 0) + (weights === undefined ? 1 : (weights[row] ?? 0));
  }
  const [trueNegative = 0, falsePositive = 0, falseNegative = 0, truePositive = 0] = sums;
  return { truePositive, falsePositive, falseNegative, trueNegative };
}

/** No metric has a value where nothing has weight. */
function whereWeighed(confusion: Confusion, of: ConfusionMetric["of"]): number | undefined {
  const { truePositive, falsePositive, falseNegative, trueNegative } = confusion;
  return truePositive + falsePositive + falseNegative + trueNegative > 0 ? of(confusion) : undefined;
}

/** The ratio, undefined without a denominator. */
export function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}
