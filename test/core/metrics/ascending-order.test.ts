import { expect, test } from "vitest";
import { ascendingOrder } from "#core/metrics/ascending-order";
import { midranks } from "#core/metrics/midranks";
import { stepsOf } from "#core/metrics/score-steps";
import { seededRandom } from "#core/random";

const random = seededRandom(7);
const drawn = (rows: number, draw: () => number) => Float64Array.from({ length: rows }, draw);

const SHAPES: readonly (readonly [string, Float64Array])[] = [
  ["no values", new Float64Array()],
  ["one value", Float64Array.of(0.3)],
  ["probabilities", drawn(1_000, random)],
  ["numbers of either sign", drawn(1_000, () => (random() - 0.5) * 1e6)],
  ["few distinct values", drawn(1_000, () => Math.round(random() * 6) / 6 - 0.5)],
  ["one value many times", drawn(100, () => 0.25)],
  ["neighbours in the last bit", drawn(100, () => 1 + Math.floor(random() * 3) * Number.EPSILON)],
  ["every size", drawn(1_000, () => (random() < 0.5 ? -1 : 1) * 2 ** (random() * 2_000 - 1_000))],
  [
    "the ends of doubles",
    Float64Array.of(
      5e-324,
      -5e-324,
      0,
      -0,
      Number.MAX_VALUE,
      -Number.MAX_VALUE,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ),
  ],
];

test.each(SHAPES)("%s: the order is that of a stable sort that compares", (_, values) => {
  const compared = [...values.keys()].sort((a, b) => (values[a]! < values[b]! ? -1 : Number(values[a]! > values[b]!)));
  expect([...ascendingOrder(values)]).toEqual(compared);
});

test.each(SHAPES)("%s: equal values and no others share a step", (_, values) => {
  const distinct = [...new Set(Array.from(values, (value) => value + 0))].sort((a, b) => (a < b ? -1 : 1));
  const { ends, stepOf } = stepsOf(values);
  expect([...stepOf]).toEqual(Array.from(values, (value) => distinct.indexOf(value + 0)));
  expect([...ends]).toEqual(distinct.map((end) => values.filter((value) => value <= end).length));
});

test("the steps of one array are worked out once", () => {
  const values = Float64Array.of(3, 1, 2);
  expect(stepsOf(values)).toBe(stepsOf(values));
  expect(stepsOf(values.slice())).not.toBe(stepsOf(values));
});

test("equal values share the mean of the ranks they span", () => {
  expect([...midranks(Float64Array.of(0.5, 0.1, 0.5, -0, 0.5, 0))]).toEqual([5, 3, 5, 1.5, 5, 1.5]);
});
