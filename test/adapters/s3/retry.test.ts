import { expect, test } from "vitest";
import { retrying, Transient, waitMilliseconds } from "#adapters/s3/retry";
import { realSurroundings } from "#adapters/s3/surroundings";

function fakeTime(chance: number) {
  const waits: number[] = [];
  const pause = async (milliseconds: number) => void waits.push(milliseconds);
  return { waits, surroundings: { ...realSurroundings, random: () => chance, pause } };
}

test("waits up to twice as long each time, and tells the last failure after six attempts", async () => {
  const { waits, surroundings } = fakeTime(0.5);
  const failure = new Error("busy");
  const attempts: number[] = [];
  const work = async (earlier: number) => {
    attempts.push(earlier);
    throw new Transient(failure);
  };
  await expect(retrying(surroundings, work)).rejects.toBe(failure);
  expect(attempts).toEqual([0, 1, 2, 3, 4, 5]);
  expect(waits).toEqual([100, 200, 400, 800, 1_600]);
});

test("anything else is not tried again", async () => {
  const { waits, surroundings } = fakeTime(0.5);
  await expect(retrying(surroundings, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(waits).toEqual([]);
});

test("chance spreads clients over the whole wait, which has an end", () => {
  expect([0, 0.25, 1].map((chance) => waitMilliseconds(2, undefined, chance))).toEqual([0, 200, 800]);
  expect(waitMilliseconds(30, undefined, 1)).toBe(10_000);
});

test.each([
  [2, 2_100],
  [0, 100],
  [-1, 100],
  [86_400, 30_100],
])("F-43: a server that asks for %i seconds is waited for within reason", (asked, wait) => {
  expect(waitMilliseconds(0, asked, 0.5)).toBe(wait);
});
