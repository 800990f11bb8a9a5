import { describe, expect, test } from "vitest";
import { digestOf } from "#core/digest";
import { Evidence } from "#core/judge/evidence";
import { defaultGate } from "#core/judge/gate";
import { judge } from "#core/judge/judge";
import { ALONE, comparison, evidence, finding } from "#test/support/builders/evidence";
import { gate, rule } from "#test/support/builders/gate";

const outcome = (judgement: ReturnType<typeof judge>) => judgement.outcomes[0]?.outcome;
const measured = (facts: Parameters<typeof comparison>[0]) => evidence({ comparisons: [comparison(facts)] });

test("the builders make evidence that parses", () => {
  expect(Evidence.parse(evidence())).toEqual(evidence());
  expect(Evidence.parse(evidence({ against: null }))).toEqual(evidence({ against: null }));
});

describe("a bound", () => {
  test.each([
    ["min", 0.7, 0.71, "pass"],
    ["min", 0.7, 0.7, "pass"],
    ["min", 0.7, 0.699, "fail"],
    ["max", 0.35, 0.34, "pass"],
    ["max", 0.35, 0.35, "pass"],
    ["max", 0.35, 0.351, "fail"],
  ] as const)("%s %d of a candidate at %d is a %s", (...[kind, threshold, value, verdict]) => {
    const judgement = judge(measured({ candidate: value }), gate({ rules: [rule({ kind, threshold })] }));
    expect([judgement.verdict, outcome(judgement)]).toEqual([verdict, verdict]);
  });

  test("is judged for a first model too", () => {
    const first = evidence({ against: null, comparisons: [comparison({ candidate: 0.6, ...ALONE })] });
    expect(judge(first, gate({ rules: [rule({ kind: "min", threshold: 0.7 })] })).verdict).toBe("fail");
  });

  test("says what was seen and what was asked", () => {
    const judgement = judge(measured({ candidate: 0.6123 }), gate({ rules: [rule({ kind: "min", threshold: 0.7 })] }));
    expect(judgement.outcomes[0]?.reason).toBe("0.6123, at least 0.7 asked");
  });
});

describe("a proof", () => {
  test.each([
    ["not-worse-than", 0.01, [-0.009, 0.001, 0.011], "pass"],
    ["not-worse-than", 0.01, [-0.011, 0.001, 0.013], "inconclusive"],
    ["not-worse-than", 0.01, [-0.03, -0.012, 0.006], "inconclusive"],
    ["not-worse-than", 0.01, [-0.05, -0.03, -0.011], "fail"],
    ["not-worse-than", 0, [0.001, 0.002, 0.003], "pass"],
    ["not-worse-than", 0, [0, 0, 0], "inconclusive"],
    ["better-by", 0.01, [0.011, 0.02, 0.029], "pass"],
    ["better-by", 0.01, [0.009, 0.02, 0.031], "inconclusive"],
    ["better-by", 0.01, [-0.02, -0.005, 0.009], "fail"],
    ["better-by", 0, [-0.001, 0.01, 0.021], "inconclusive"],
  ] as const)("%s %d with the bounds %j is a %s", (...[kind, threshold, [lower, estimate, upper], verdict]) => {
    const judgement = judge(
      measured({ gain: { lower, estimate, upper } }),
      gate({ rules: [rule({ kind, threshold })] }),
    );
    expect([judgement.verdict, outcome(judgement)]).toEqual([verdict, verdict]);
  });

  test("that the candidate is not worse never fails a gain, however uncertain", () => {
    const wild = { lower: -0.5, estimate: 0.001, upper: 0.5 };
    expect(judge(measured({ gain: wild }), gate()).verdict).toBe("inconclusive");
    expect(judge(measured({ gain: { ...wild, lower: 0.2, estimate: 0.3 } }), gate()).verdict).toBe("pass");
  });

  test("reads a loss metric by its gain, not by its difference", () => {
    const fell = comparison({ metric: "log_loss", gain: 0.03 });
    expect(fell.difference).toBe(-0.03);
    const rules = [rule({ metric: "log_loss", kind: "better-by", threshold: 0.01 })];
    expect(judge(evidence({ comparisons: [fell] }), gate({ rules })).verdict).toBe("pass");
  });

  test("that came out wrong says so with signs a person can read", () => {
    const judgement = judge(measured({ gain: { lower: -0.05, estimate: -0.03, upper: -0.011 } }), gate());
    expect(judgement.outcomes[0]?.reason).toBe("gain −0.0300, proven below −0.0110, above −0.0100 asked");
  });
});

describe("a verdict", () => {
  test("fails a candidate whose log loss rose even when its auc rose", () => {
    const judgement = judge(
      evidence({ comparisons: [comparison({ gain: 0.03 }), comparison({ metric: "log_loss", candidate: 0.41 })] }),
      gate({ rules: [rule(), rule({ metric: "log_loss", kind: "max", threshold: 0.35 })] }),
    );
    expect(judgement.verdict).toBe("fail");
    expect(judgement.outcomes.map((one) => one.outcome)).toEqual(["pass", "fail"]);
  });

  test("says fail when one rule fails and another is inconclusive", () => {
    const rules = [rule({ metric: "brier" }), rule({ kind: "min", threshold: 0.99 })];
    expect(judge(evidence(), gate({ rules })).verdict).toBe("fail");
  });

  test("is inconclusive without a rule", () => {
    expect(judge(evidence(), gate({ rules: [] })).verdict).toBe("inconclusive");
  });

  test("is inconclusive when every rule only warns, since nothing was judged", () => {
    const rules = [rule({ severity: "warn" }), rule({ kind: "min", threshold: 0.1, severity: "warn" })];
    const judgement = judge(evidence(), gate({ rules }));
    expect(judgement.outcomes.map((one) => one.outcome)).toEqual(["pass", "pass"]);
    expect(judgement.verdict).toBe("inconclusive");
  });

  test.each(["fail", "inconclusive"] as const)("passes over a rule that only warns and is a %s", (expected) => {
    const warning =
      expected === "fail"
        ? rule({ kind: "min", threshold: 0.99, severity: "warn" })
        : rule({ metric: "brier", severity: "warn" });
    const judgement = judge(evidence(), gate({ rules: [rule(), warning] }));
    expect(judgement.outcomes[1]?.outcome).toBe(expected);
    expect(judgement.verdict).toBe("pass");
  });

  test("skips comparisons for a first model and says from when they apply", () => {
    const judgement = judge(evidence({ against: null }), gate());
    expect(judgement.outcomes[0]).toMatchObject({ outcome: "skipped", reason: expect.stringContaining("first model") });
  });

  test("passes a first model that keeps its bounds, so that there is something to compare the next one with", () => {
    const rules = [rule(), rule({ kind: "min", threshold: 0.7 })];
    expect(judge(evidence({ against: null }), gate({ rules })).verdict).toBe("pass");
  });

  test("fails on one blocking finding, whatever the rules say", () => {
    const found = { ...evidence(), findings: [finding(), finding({ severity: "warning" })] };
    expect(judge(found, gate())).toMatchObject({ verdict: "fail", blockingFindings: 1 });
    expect(judge({ ...found, comparisons: [] }, gate()).verdict).toBe("fail");
    expect(judge({ ...found, findings: [finding({ severity: "warning" })] }, gate()).verdict).toBe("pass");
  });

  test("never rests on what the training claims of itself", () => {
    const boastful = { ...evidence({ comparisons: [] }), claimed: { roc_auc: 1 } };
    expect(judge(boastful, gate()).verdict).toBe("inconclusive");
  });
});

describe("a missing part is inconclusive, never a pass:", () => {
  const easy = [rule({ kind: "min", threshold: 0 })];

  test("a metric nobody measured", () => {
    expect(judge(evidence(), gate({ rules: [rule({ metric: "recall", kind: "min", threshold: 0 })] })).verdict).toBe(
      "inconclusive",
    );
  });

  test.each([
    ["bound", easy],
    ["proof", [rule()]],
  ])("a metric that could not be computed, for a %s", (_, rules) => {
    expect(judge(measured({ candidate: null }), gate({ rules })).verdict).toBe("inconclusive");
  });

  test("an interval that could not be computed", () => {
    expect(judge(measured({ gain: null }), gate()).outcomes[0]).toMatchObject({
      outcome: "inconclusive",
      reason: "no paired interval could be computed",
    });
  });

  test("a first model whose metric could not be computed", () => {
    const nothing = evidence({ against: null, comparisons: [comparison({ ...ALONE, candidate: null })] });
    expect(judge(nothing, gate()).verdict).toBe("inconclusive");
  });

  test("another holdout than the baseline's (F-62)", () => {
    const judgement = judge(evidence({ baseline: { holdout: digestOf("an easier one") } }), gate());
    expect(judgement.verdict).toBe("inconclusive");
    expect(judgement.outcomes[0]?.reason).toContain("another holdout");
  });

  test("another confidence than the gate's (F-61)", () => {
    const judgement = judge(evidence({ confidence: 0.8 }), gate({ confidence: 0.95 }));
    expect(judgement.verdict).toBe("inconclusive");
    expect(judgement.outcomes[0]?.reason).toContain("confidence 0.8, the gate asks 0.95");
  });

  test.each([
    [99, 50, "inconclusive"],
    [2_000, 9, "inconclusive"],
    [100, 10, "pass"],
  ])("%d rows with %d positives is %s at a minimum of 100 with 10", (rows, positives, verdict) => {
    expect(judge(evidence({ holdout: { rows, positives } }), gate()).verdict).toBe(verdict);
  });
});

test("the gate of a model nobody wrote rules for blocks what is one point worse", () => {
  const loses = measured({ gain: { lower: -0.03, estimate: -0.02, upper: -0.011 } });
  expect(judge(loses, defaultGate("roc_auc")).verdict).toBe("fail");
  expect(judge(evidence(), defaultGate("roc_auc")).verdict).toBe("pass");
});
