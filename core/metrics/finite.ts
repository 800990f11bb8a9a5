/** Metrics have no value for rows that hold NaN or an infinity. */
export function isAllFinite(values: Float64Array): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false;
  return true;
}

/** Also false for NaN. */
export function isProbability(value: number): boolean {
  return value >= 0 && value <= 1;
}
