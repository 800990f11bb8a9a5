import { expect, test } from "vitest";
import { compareClaims, NO_INTERVAL } from "#core/claims/compare-claims";
import { normaliseMetrics } from "#core/claims/normalise-metrics";
import { digestOfJson } from "#core/digest";

const claims = (document: unknown) =>
  normaliseMetrics(document, { path: "metrics.json", digest: digestOfJson(document) });

test("gives point differences, says whose number is better whichever way the metric points, and that no interval exists", () => {
  const compared = compareClaims(
    claims({ accuracy: 0.75, rmse: 2, kappa: 0.5, odd_share: 3 }),
    claims({ accuracy: 0.5, rmse: 1.5, kappa: 0.5, odd_share: 1 }),
  );
  expect(compared.differences.map(({ name, difference, ahead }) => [name, difference, ahead])).toEqual([
    ["accuracy", 0.25, "candidate"],
    ["cohen_kappa", 0, "neither"],
    ["rmse", 0.5, "baseline"],
    ["odd_share", 2, "unknown"],
  ]);
  expect(compared.caution).toBe(NO_INTERVAL);
  expect(NO_INTERVAL).toContain("no interval can be given");
});

test("never compares numbers of different rows", () => {
  const compared = compareClaims(claims({ test_f1: 0.8 }), claims({ val_f1: 0.9 }));
  expect(compared).toMatchObject({ differences: [], onlyCandidate: ["f1 (test)"], onlyBaseline: ["f1 (validation)"] });
});

test("spellings do not keep two files apart", () => {
  const compared = compareClaims(claims({ "ROC-AUC": 0.75 }), claims({ metrics: { auroc: 0.5 } }));
  expect(compared.differences).toMatchObject([{ name: "roc_auc", difference: 0.25 }]);
});

test("refuses a file compared with itself", () => {
  const same = claims({ f1: 0.8 });
  expect(() => compareClaims(same, same)).toThrow(expect.objectContaining({ code: "CLAIMS_EQUAL" }));
});
