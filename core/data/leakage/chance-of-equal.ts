import type { CategoricalProfile, NumericProfile } from "../profile/reference-profile.ts";

type Profile = NumericProfile | CategoricalProfile;

/**
 * How likely two rows are the same in these columns by chance alone, were the columns independent: the product of each
 * column's chance. Where columns go together it is more.
 */
export function chanceOfEqual(columns: readonly Profile[]): number {
  return columns.reduce((chance, column) => chance * chanceIn(column), 1);
}

function chanceIn(column: Profile): number {
  const { count, missing } = column;
  const rows = count + missing + (column.kind === "numeric" ? column.infinite : 0);
  if (rows === 0) return 1;
  const present = count / rows;
  return present ** 2 * chanceAmongValues(column) + (1 - present) ** 2;
}

function chanceAmongValues(column: Profile): number {
  const { count } = column;
  if (count < 2) return 1;
  if (column.kind === "numeric") return chanceOfRepeat(count, column.summary?.distinct ?? 1);
  const named = column.top.reduce((sum, { rows }) => sum + (rows * (rows - 1)) / (count * (count - 1)), 0);
  const { rows, values } = column.unnamed;
  return named + (rows / count) ** 2 * chanceOfRepeat(rows, values);
}

const STEPS = 60;
const MOST_VALUES = 1e15;

/**
 * 1/S for S equally frequent values, of which `rows` draws show `distinct` on average: distinct = S·(1 − e^(−rows/S)).
 * Rows without any repeat show no end of values.
 */
function chanceOfRepeat(rows: number, distinct: number): number {
  if (distinct >= rows) return 0;
  let [low, high] = [Math.log(Math.max(1, distinct)), Math.log(MOST_VALUES)];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    const values = Math.exp(middle);
    if (-values * Math.expm1(-rows / values) < distinct) low = middle;
    else high = middle;
  }
  return Math.exp(-low);
}
