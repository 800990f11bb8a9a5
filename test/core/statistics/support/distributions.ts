import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Distributions {
  readonly chiSquare: readonly [x: number, dof: number, tail: number][];
  readonly chiSquareCritical: readonly [tail: number, dof: number, x: number][];
  readonly kolmogorov: readonly [x: number, tail: number][];
  readonly kolmogorovRows: readonly [d: number, n: number, tail: number][];
  readonly smirnovPaths: readonly [d: number, n: number, m: number, tail: number][];
  readonly quantiles: readonly { values: number[]; shares: number[]; expected: number[] }[];
  readonly adjusted: readonly { p: number[]; benjaminiHochberg: number[]; holm: number[] }[];
}

/** Golden numbers of make-fixtures.py. */
export const DISTRIBUTIONS: Distributions = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/distributions.json"), "utf8"),
);
