import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closest, didYouMean, editDistance } from "#core/suggest";

test.each([
  ["", "", 0],
  ["kitten", "sitting", 3],
  ["recal", "recall", 1],
  ["rcoall", "recall", 2],
  ["ab", "ba", 1],
])("from %j to %j it takes %d edits", (left, right, distance) => {
  expect(editDistance(left, right)).toBe(distance);
});

test("a distance is the same both ways, zero only for equal words, and at most the longer word", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  fc.assert(
    fc.property(word, word, (left, right) => {
      const distance = editDistance(left, right);
      expect(editDistance(right, left)).toBe(distance);
      expect(distance === 0).toBe(left === right);
      expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
    }),
  );
});

describe("a mistyped word", () => {
  const METRICS = ["roc_auc", "average_precision", "log_loss", "brier", "accuracy"];

  test.each([
    ["roc_acu", "roc_auc"],
    ["ROC-AUC", "roc_auc"],
    ["logloss", "log_loss"],
    ["acuracy", "accuracy"],
    ["f1", undefined],
    ["", undefined],
  ])("%j is nearest to %j", (word, expected) => {
    expect(closest(word, METRICS)).toBe(expected);
  });

  test("very far from everything costs no time and finds nothing", () => {
    expect(didYouMean("x".repeat(100_000), METRICS)).toBe("");
  });
});
