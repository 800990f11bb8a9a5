import { type Finding, shortName } from "../finding.ts";
import type { ColumnDrift, DriftResult } from "./drift-result.ts";
import { unseenWords } from "./drift-sentence.ts";

/** What a comparison found, as findings beside those of the contract: at most one per column and kind. */
export function driftFindings({ columns, conventions }: DriftResult): Finding[] {
  const number = (name: string): number | null => {
    const value = conventions[name];
    return typeof value === "number" ? value : null;
  };
  return columns.flatMap((column) => [
    ...verdictFinding(column, {
      q: number("q") ?? 0,
      floor: number(column.kind === "numeric" ? "ks_floor" : "cramers_v_floor") ?? 0,
    }),
    ...missingFinding(column, { q: number("q") ?? 0, floor: number("missing_points_floor") ?? 0 }),
    ...unseenFinding(column),
  ]);
}

interface Keys {
  readonly q: number;
  readonly floor: number;
}

function verdictFinding(column: ColumnDrift, { q, floor }: Keys): Finding[] {
  const about = base(column);
  const statistic = column.kind === "numeric" ? "KS D" : "Cramér's V";
  if (column.problem === "one value only") {
    return [
      { ...about, id: "DRIFT_ONE_VALUE", severity: "note", nextStep: "A constant column tells a model nothing." },
    ];
  }
  if (column.problem === "too many values") {
    const nextStep = "An id or free text has no distribution to compare; leave the column out of the comparison.";
    return [{ ...about, id: "DRIFT_TOO_MANY_VALUES", severity: "note", nextStep }];
  }
  if (column.problem === "values not kept in the profile") {
    const nextStep = "Nothing to do when the values were withheld on purpose, as those of personal data are.";
    return [{ ...about, id: "DRIFT_WITHHELD", severity: "note", nextStep }];
  }
  if (column.problem !== null) {
    const nextStep = "Mend the column, or leave it out of the comparison.";
    return [{ ...about, id: "DRIFT_NOT_COMPARABLE", severity: "warning", nextStep }];
  }
  if (column.verdict === "too few rows") {
    const nextStep = "Compare more rows, such as a longer period.";
    return [
      {
        ...about,
        id: "DRIFT_TOO_FEW_ROWS",
        severity: "note",
        nextStep,
        statistic,
        value: column.effect,
        threshold: floor,
        method: methodOf(column),
      },
    ];
  }
  if ((column.p_adjusted ?? 1) >= q || (column.effect ?? 0) < floor) return [];
  const nextStep = "Look at what changed at the source; train again if the change will stay.";
  const numbers = { statistic, value: column.effect, threshold: floor, method: methodOf(column) };
  return [{ ...about, id: "DRIFT_VALUES", severity: "warning", nextStep, ...numbers }];
}

function methodOf({ kind, ks, chi2 }: ColumnDrift): string {
  if (kind === "numeric") return `two-sample Kolmogorov–Smirnov test, ${ks?.method ?? "no"} p, adjusted over all tests`;
  const test = chi2?.pooled === null ? "chi-square test" : "chi-square test with rare categories made one";
  return `two-sample ${test}, p adjusted over all tests; V at equal sizes`;
}

function missingFinding(column: ColumnDrift, { q, floor }: Keys): Finding[] {
  const { change_points: change, p_adjusted: p } = column.missing;
  if (change === null || p === null || p >= q || Math.abs(change) < floor) return [];
  return [
    {
      ...base(column),
      id: "DRIFT_MISSING",
      severity: "warning",
      nextStep: "Look at why values are missing more or less often than in the reference.",
      statistic: "change of missing rate, points",
      value: change,
      threshold: floor,
      method: "two-proportion chi-square test with Yates' correction, p adjusted over all tests",
    },
  ];
}

function unseenFinding(column: ColumnDrift): Finding[] {
  if (column.unseen_categories === null || column.unseen_categories === 0) return [];
  return [
    {
      ...base(column),
      id: "DRIFT_UNSEEN_CATEGORY",
      severity: "warning",
      sentence: `Column "${shortName(column.name)}": ${unseenWords(column)}.`,
      nextStep: "Map the new categories to known ones, or train again with them.",
      statistic: "rows in unseen categories",
      value: column.unseen_rows,
      threshold: 0,
      method: "values of the current data that the reference does not have",
    },
  ];
}

function base({ name, sentence, n_current }: ColumnDrift): Omit<Finding, "id" | "severity" | "nextStep"> {
  const column = name.slice(0, 200);
  return {
    column,
    sentence: sentence.slice(0, 1_000),
    statistic: null,
    value: null,
    threshold: null,
    rows: n_current,
    method: null,
    line: null,
  };
}
