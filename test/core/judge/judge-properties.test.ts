import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evidence } from "#core/judge/evidence";
import { Evidence as EvidenceSchema } from "#core/judge/evidence";
import type { Gate } from "#core/judge/gate";
import { judge, type Verdict } from "#core/judge/judge";
import { METRIC_NAMES } from "#core/metrics/catalogue";
import { comparison, evidence, finding } from "#test/support/builders/evidence";
import { gate } from "#test/support/builders/gate";

const number = fc.double({ min: -1, max: 1, noNaN: true }).map((value) => Number(value.toPrecision(12)) + 0);
const metric = fc.constantFrom(...METRIC_NAMES);

const bounds = fc.tuple(number, number, number).map((values) => {
  const [lower = 0, estimate = 0, upper = 0] = values.toSorted((a, b) => a - b);
  return { lower, estimate, upper };
});

const someComparison = fc
  .record({ metric, candidate: fc.option(number), gain: fc.option(bounds), rows: fc.nat(10_000) })
  .map(comparison);

const someEvidence: fc.Arbitrary<Evidence> = fc
  .record({
    comparisons: fc.uniqueArray(someComparison, { selector: (one) => one.metric, maxLength: 5 }),
    findings: fc.array(
      fc.constantFrom("error", "warning", "note").map((severity) => finding({ severity })),
      {
        maxLength: 1,
      },
    ),
    holdout: fc.record({ rows: fc.nat(5_000), positives: fc.nat(500) }),
    confidence: fc.constantFrom(0.9, 0.95),
    isFirst: fc.boolean(),
  })
  .map(({ isFirst, ...facts }) => evidence({ ...facts, ...(isFirst ? { against: null } : {}) }));

const someGate: fc.Arbitrary<Gate> = fc
  .record({
    rules: fc.array(
      fc.record({
        metric,
        kind: fc.constantFrom("min", "max", "not-worse-than", "better-by"),
        threshold: fc.double({ min: 0, max: 1, noNaN: true }),
        severity: fc.constantFrom("block", "warn"),
      }),
      { maxLength: 6 },
    ),
    confidence: fc.constantFrom(0.9, 0.95),
  })
  .map(gate);

const RANK: Record<Verdict, number> = { fail: 0, inconclusive: 1, pass: 2 };

test("the verdict is the same for evidence that went through JSON", () => {
  fc.assert(
    fc.property(someEvidence, someGate, (found, rules) => {
      const returned = EvidenceSchema.parse(JSON.parse(JSON.stringify(found)));
      expect(judge(returned, rules)).toEqual(judge(found, rules));
    }),
  );
});

test("a larger gain never makes a better verdict worse", () => {
  const proofs = someGate.map((one) => ({
    ...one,
    rules: one.rules.filter(({ kind }) => kind === "not-worse-than" || kind === "better-by"),
  }));
  const raise = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(someEvidence, proofs, raise, (found, rules, by) => {
      const raised = found.comparisons.map((one) => ({
        ...one,
        gain: one.gain && {
          lower: one.gain.lower + by,
          estimate: one.gain.estimate + by,
          upper: one.gain.upper + by,
        },
      }));
      const [before, after] = [judge(found, rules), judge({ ...found, comparisons: raised }, rules)];
      expect(RANK[after.verdict]).toBeGreaterThanOrEqual(RANK[before.verdict]);
    }),
    { numRuns: 300 },
  );
});

test("a pass never comes without a blocking rule, with a blocking finding or over a rule that did not hold", () => {
  fc.assert(
    fc.property(someEvidence, someGate, (found, rules) => {
      const { verdict, outcomes } = judge(found, rules);
      fc.pre(verdict === "pass");
      const blocking = outcomes.filter(({ rule }) => rule.severity === "block");
      expect(blocking.length).toBeGreaterThan(0);
      expect(found.findings.some(({ severity }) => severity === "error")).toBe(false);
      expect(blocking.every(({ outcome }) => outcome === "pass" || outcome === "skipped")).toBe(true);
      expect(found.baseline === null || blocking.every(({ outcome }) => outcome === "pass")).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the order of the rules changes nothing", () => {
  fc.assert(
    fc.property(someEvidence, someGate, (found, rules) => {
      const backwards = { ...rules, rules: rules.rules.toReversed() };
      expect(judge(found, backwards).verdict).toBe(judge(found, rules).verdict);
    }),
  );
});
