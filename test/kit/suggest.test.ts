import { expect, test } from "vitest";
import { closest, didYouMean, editDistance } from "#core/suggest";

test("swapped neighbours are one mistake", () => {
  expect(editDistance("modle", "model")).toBe(1);
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("kitten", "sitting")).toBe(3);
});

test("the nearest word is suggested whatever its case or separator", () => {
  expect(closest("ROC_AUC", ["accuracy", "roc-auc", "recall"])).toBe("roc-auc");
  expect(closest("rocauc", ["accuracy", "roc_auc"])).toBe("roc_auc");
});

test("nothing is suggested when no word is near", () => {
  expect(closest("zebra", ["model", "gate"])).toBeUndefined();
  expect(closest("x", [])).toBeUndefined();
  expect(didYouMean("zebra", ["model"])).toBe("");
});

test("a very long word is no reason to suggest anything or to take long", () => {
  expect(closest("x".repeat(100_000), ["model"])).toBeUndefined();
});
