/**
 * Mean and population standard deviation (divisor n), in two passes so that a large mean costs no digits. Values whose
 * squares a double cannot hold are scaled first. Undefined without values.
 */
export function moments(values: Float64Array): { readonly mean: number; readonly sd: number } | undefined {
  if (values.length === 0) return undefined;
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  if (largest < LARGE) return plainMoments(values);
  const scaled = plainMoments(values.map((value) => value / largest));
  return { mean: scaled.mean * largest, sd: scaled.sd * largest };
}

const LARGE = 1e145;

function plainMoments(values: Float64Array): { readonly mean: number; readonly sd: number } {
  let sum = 0;
  for (const value of values) sum += value;
  const center = sum / values.length;
  let squares = 0;
  let rest = 0;
  for (const value of values) {
    squares += (value - center) ** 2;
    rest += value - center;
  }
  const variance = Math.max(0, (squares - rest ** 2 / values.length) / values.length);
  return { mean: center + rest / values.length, sd: Math.sqrt(variance) };
}
