import { describe, expect, test } from "vitest";
import { digestOf } from "#core/digest";
import { evidenceDigest } from "#core/judge/evidence";
import { type PromotionRequest, planPromotion } from "#core/promotion/plan-promotion";
import { ReleaseRecord } from "#core/registry/release-record";
import { comparison, evidence, finding } from "#test/support/builders/evidence";
import { gate, rule } from "#test/support/builders/gate";
import { candidate, lineage } from "#test/support/builders/model";
import { hold, KEY, releaseRecord } from "#test/support/builders/release-record";

function plan(facts: Partial<PromotionRequest> = {}) {
  return planPromotion({
    key: KEY,
    current: releaseRecord(),
    candidate: candidate(),
    evidence: evidence(),
    gate: gate(),
    ...facts,
  });
}

describe("a promotion", () => {
  test("makes the next record, which names the candidate in full and what proved it", () => {
    const planned = plan();
    const { digest, files, predictions } = candidate();
    expect(planned).toEqual({
      ok: true,
      value: {
        format: "tidemark/release-record",
        version: 1,
        ...KEY,
        generation: 4,
        reason: "promotion",
        serving: {
          digest,
          files,
          predictions,
          holdout: lineage().data.holdout,
          evidence: evidenceDigest(evidence()),
          commit: lineage().commit,
        },
      },
    });
    expect(planned.ok && ReleaseRecord.parse(planned.value)).toEqual(planned.ok && planned.value);
  });

  test("of a first model is generation one", () => {
    const first = evidence({ against: null });
    const rules = [rule({ kind: "min", threshold: 0.7 })];
    expect(plan({ current: undefined, evidence: first, gate: gate({ rules }) })).toMatchObject({
      ok: true,
      value: { generation: 1, reason: "first" },
    });
  });
});

describe("a promotion is refused", () => {
  const other = candidate({ weights: "other" });
  const lost = evidence({ comparisons: [comparison({ gain: -0.04 })] });
  const unsure = evidence({ comparisons: [comparison({ gain: 0 })] });

  test.each<[string, Partial<PromotionRequest>, string]>([
    ["of what serves already", { candidate: candidate({ weights: "champion" }) }, "ALREADY_SERVING"],
    ["while the environment is on hold", { current: releaseRecord({ hold: hold() }) }, "ON_HOLD"],
    ["with evidence of another candidate (F-84)", { evidence: evidence({ of: other }) }, "EVIDENCE_MISMATCH"],
    ["with evidence of another model's name", { evidence: evidence({ model: "fraud" }) }, "EVIDENCE_MISMATCH"],
    ["against a version that serves no longer", { current: releaseRecord({ serving: "newer" }) }, "BASELINE_MOVED"],
    ["against nothing when something serves", { evidence: evidence({ against: null }) }, "BASELINE_MOVED"],
    ["against something when nothing serves", { current: undefined }, "BASELINE_MOVED"],
    ["of a candidate that failed", { evidence: lost }, "NOT_PROVEN"],
    ["of a candidate that nothing is proven of", { evidence: unsure }, "NOT_PROVEN"],
    ["with a blocking finding", { evidence: { ...evidence(), findings: [finding()] } }, "NOT_PROVEN"],
    ["by a gate that asks more than the pull request's (F-61)", { gate: gate({ confidence: 0.99 }) }, "NOT_PROVEN"],
    ["on another holdout (F-62)", { evidence: evidence({ baseline: { holdout: digestOf("x") } }) }, "NOT_PROVEN"],
  ])("%s", (_, facts, code) => {
    expect(plan(facts)).toMatchObject({ ok: false, code, reason: expect.stringMatching(/production|churn/) });
  });

  test("with the reason of the hold and who set it", () => {
    expect(plan({ current: releaseRecord({ hold: hold() }) })).toMatchObject({
      reason: "churn in production is on hold since 2026-03-01T12:00:00.000Z by ada: too many alarms.",
    });
  });
});
