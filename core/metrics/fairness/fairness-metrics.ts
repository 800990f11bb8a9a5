import { type Direction, type Metric, NO_VALUE } from "../metric.ts";
import { type GroupedRows, type GroupRates, prepareGroupRates } from "./group-rates.ts";

interface FairnessMetric {
  readonly name: string;
  readonly title: string;
  readonly direction: Direction;
  readonly of: (groups: readonly GroupRates[]) => number | undefined;
}

/**
 * Fairness of decisions at 0.5 over the groups of one attribute, by fairlearn's definitions "between groups". Groups
 * below the minimum of rows are left out; prepareGroupRates names them. Undefined where no group is left.
 * Source: Weerts et al. 2023, Fairlearn, JMLR 24(257).
 */
export function fairnessMetrics(minimumRows: number): readonly Metric<GroupedRows>[] {
  return METRICS.map(({ of, ...metric }) => ({
    ...metric,
    prepare: (rows) => {
      const ratesOf = prepareGroupRates(rows, minimumRows);
      if (ratesOf === undefined) return NO_VALUE;
      return (weights) =>
        of(ratesOf(weights).filter(({ tooFew, selectionRate }) => !tooFew && selectionRate !== undefined));
    },
  }));
}

const METRICS: readonly FairnessMetric[] = [
  {
    // Largest less smallest share of positive decisions.
    name: "demographic_parity_difference",
    title: "demographic parity difference",
    direction: "lower-is-better",
    of: (groups) => gap(groups.map(({ selectionRate }) => selectionRate)),
  },
  {
    // Smallest by largest share of positive decisions; below 0.8 breaks the four-fifths rule. Undefined where no group
    // has a positive decision.
    name: "demographic_parity_ratio",
    title: "demographic parity ratio",
    direction: "higher-is-better",
    of: (groups) => {
      const { lowest, highest } = range(groups.map(({ selectionRate }) => selectionRate));
      return highest > 0 ? lowest / highest : undefined;
    },
  },
  {
    // The larger gap of true or of false positive rates. Source: Hardt, Price & Srebro 2016, NeurIPS.
    name: "equalized_odds_difference",
    title: "equalised odds difference",
    direction: "lower-is-better",
    of: (groups) => {
      const gaps = [
        gap(groups.map(({ truePositiveRate }) => truePositiveRate)),
        gap(groups.map(({ falsePositiveRate }) => falsePositiveRate)),
      ].filter((one) => one !== undefined);
      return gaps.length === 0 ? undefined : Math.max(...gaps);
    },
  },
];

function gap(rates: readonly (number | undefined)[]): number | undefined {
  const { lowest, highest } = range(rates);
  return highest >= lowest ? highest - lowest : undefined;
}

function range(rates: readonly (number | undefined)[]): { readonly lowest: number; readonly highest: number } {
  const known = rates.filter((rate) => rate !== undefined);
  return { lowest: Math.min(...known), highest: Math.max(...known) };
}
