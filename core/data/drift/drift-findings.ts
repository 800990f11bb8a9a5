import type { Finding } from "../finding.ts";
import type { ColumnDrift, DriftResult } from "./drift-result.ts";

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
      },
    ];
  }
  if ((column.p_adjusted ?? 1) >= q || (column.effect ?? 0) < floor) return [];
  const nextStep = "Look at what changed at the source; train again if the change will stay.";
  return [
    { ...about, id: "DRIFT_VALUES", severity: "warning", nextStep, statistic, value: column.effect, threshold: floor },
  ];
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
      nextStep: "Map the new categories to known ones, or train again with them.",
      statistic: "rows in unseen categories",
      value: column.unseen_rows,
      threshold: 0,
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
    line: null,
  };
}
