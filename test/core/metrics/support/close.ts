import { expect } from "vitest";

/** As near as doubles of different order of addition come: one part in 10⁹, absolute near zero. */
export function expectClose(actual: number | null | undefined, expected: number | null): void {
  if (expected === null || actual === null || actual === undefined) {
    expect(actual ?? null).toBe(expected);
    return;
  }
  const tolerance = 1e-9 * Math.max(Math.abs(expected), 1e-3);
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance);
}
