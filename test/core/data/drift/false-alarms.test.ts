import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import { type Random, seededRandom } from "#core/random";
import { categorical, numeric } from "./support/cases.ts";

const ROUNDS = 300;
// A true rate of 1 % gives more than this in one of a hundred such simulations.
const ONE_PERCENT_SEEN = 0.01 + 2.33 * Math.sqrt((0.01 * 0.99) / ROUNDS);

/** Box–Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function normals(random: Random, rows: number, shift = 0) {
  return numeric(Float64Array.from({ length: rows }, () => normal(random) + shift));
}

function words(random: Random, rows: number, categories: number) {
  const counts: Record<string, number> = {};
  for (let row = 0; row < rows; row++) {
    // Squaring makes some categories common and most of them rare.
    const name = `k${Math.floor(random() ** 2 * categories)}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return categorical(counts);
}

function drifted(seed: number, pair: (random: Random) => Parameters<typeof compareColumns>[0]): number {
  const random = seededRandom(seed);
  let flagged = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const [reference, current] = pair(random);
    if (compareColumns([reference!], [current!]).columns[0]!.verdict === "drifted") flagged++;
  }
  return flagged / ROUNDS;
}

describe("without drift at most one column in a hundred is flagged", () => {
  test.each([
    [1000, 500],
    [1000, 100],
    [5_000, 100],
  ])("normal values, %d against %d rows", (n, m) => {
    expect(drifted(n + m, (random) => [normals(random, n), normals(random, m)])).toBeLessThanOrEqual(0.01);
  });

  test.each([
    [5, 1000, 500],
    [50, 1000, 500],
    [300, 1000, 500],
    [20, 1000, 100],
    [1000, 5000, 100],
  ])("%d categories, %d against %d rows", (k, n, m) => {
    expect(drifted(k + n + m, (random) => [words(random, n, k), words(random, m, k)])).toBeLessThanOrEqual(
      ONE_PERCENT_SEEN,
    );
  });

  test("thirty columns at once: the family, not each column, is held to the rate", () => {
    const random = seededRandom(30);
    const table = (rows: number) =>
      Array.from({ length: 30 }, (_, i) => ({ ...normals(random, rows), name: `column ${i}` }));
    let alarms = 0;
    for (let round = 0; round < 20; round++) {
      const { columns } = compareColumns(table(1000), table(300));
      if (columns.some(({ verdict }) => verdict === "drifted")) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

describe("a shift of half a standard deviation is found", () => {
  test.each([
    [1000, 100, 0.85],
    [1000, 500, 0.995],
  ])("in %d against %d rows at least %d of the time", (n, m, power) => {
    const found = drifted(n * m, (random) => [normals(random, n), normals(random, m, 0.5)]);
    expect(found).toBeGreaterThanOrEqual(power);
  });
});
