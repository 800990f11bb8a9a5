import { expect } from "vitest";

/** Within one part in 10⁹ of the expected number; below `small` within 10⁻⁹ × small, so that 0 can be met by 1e-17. */
export function expectNear(actual: number | null | undefined, expected: number | null, small = 1e-3): void {
  if (expected === null || actual === null || actual === undefined) {
    expect(actual ?? null).toBe(expected);
    return;
  }
  const tolerance = 1e-9 * Math.max(Math.abs(expected), small);
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance);
}
