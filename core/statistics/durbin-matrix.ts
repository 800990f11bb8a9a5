import { stirlingError } from "./stirling-error.ts";

/**
 * P(D ≤ d) of the two-sided one-sample Kolmogorov–Smirnov statistic of n rows, exactly: n!/nⁿ times the middle element
 * of Hⁿ, with H of order 2⌈n·d⌉ − 1. For small n·d; the cost grows with its cube.
 * Source: Durbin 1968; Marsaglia, Tsang & Wang 2003, Journal of Statistical Software 8(18).
 */
export function durbinCdf(d: number, n: number): number {
  const k = Math.ceil(n * d);
  const order = 2 * k - 1;
  const { matrix, log } = power(start(order, k - n * d), order, n);
  const middle = matrix[(k - 1) * order + k - 1] ?? 0;
  if (middle <= 0) return 0;
  const factor = 0.5 * Math.log(2 * Math.PI * n) - n + stirlingError(n);
  return Math.exp(Math.log(middle) + log + factor);
}

/** H[i][j] = 1/(i − j + 1)! where i − j + 1 ≥ 0; the first column and the last row lose h^i/i!. */
function start(order: number, h: number): Float64Array {
  const inverse = new Float64Array(order + 1).fill(1);
  for (let i = 2; i <= order; i++) inverse[i] = (inverse[i - 1] ?? 0) / i;
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= Math.min(i + 1, order - 1); j++) matrix[i * order + j] = inverse[i - j + 1] ?? 0;
  }
  const last = order - 1;
  for (let i = 0; i < order; i++) {
    const edge = (1 - h ** (i + 1)) * (inverse[i + 1] ?? 0);
    matrix[i * order] = edge;
    matrix[last * order + last - i] = edge;
  }
  matrix[last * order] = (1 - 2 * h ** order + Math.max(0, 2 * h - 1) ** order) * (inverse[order] ?? 0);
  return matrix;
}

interface Scaled {
  readonly matrix: Float64Array;
  /** The true matrix is e^log times this one. */
  readonly log: number;
}

function power(base: Float64Array, order: number, n: number): Scaled {
  let square: Scaled = { matrix: base, log: 0 };
  let result: Scaled | undefined;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result === undefined ? square : product(result, square, order);
    if (left > 1) square = product(square, square, order);
  }
  return result ?? square;
}

function product(a: Scaled, b: Scaled, order: number): Scaled {
  const matrix = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < order; k++)
      addRow(row(matrix, i, order), row(b.matrix, k, order), a.matrix[i * order + k] ?? 0);
  }
  const largest = matrix.reduce((most, value) => Math.max(most, value), 0);
  if (largest === 0) return { matrix, log: 0 };
  return { matrix: matrix.map((value) => value / largest), log: a.log + b.log + Math.log(largest) };
}

function row(matrix: Float64Array, at: number, order: number): Float64Array {
  return matrix.subarray(at * order, (at + 1) * order);
}

function addRow(sum: Float64Array, values: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] ?? 0) + factor * (values[j] ?? 0);
}
