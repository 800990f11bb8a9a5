import { describe, expect, test } from "vitest";
import { compareColumns } from "#core/data/drift/compare-columns";
import type { DriftResult } from "#core/data/drift/drift-result";
import { profileOf } from "#core/data/profile/profile-of";
import { ValidationReport } from "#core/data/validation-report";
import { digestOf, shortDigest } from "#core/digest";
import type { Evidence } from "#core/judge/evidence";
import type { Gate } from "#core/judge/gate";
import { judge } from "#core/judge/judge";
import { promotedRecord, resumedRecord, rolledBackRecord } from "#core/registry/next-record";
import { checkOf } from "#core/report/check-summary";
import { commentState, REPORT_MARKER } from "#core/report/comment-state";
import type { ModelReport } from "#core/report/model-report";
import { PROMOTION_MARKER, type PromotionView, promotionCheck, promotionComment } from "#core/report/promotion-comment";
import { promotionText, resumeText, rollbackText } from "#core/report/promotion-text";
import { reportComment } from "#core/report/report-comment";
import { reportPage } from "#core/report/report-page";
import { validationSummary } from "#core/report/validation-summary";
import { ALONE, comparison, evidence, finding, slice } from "#test/support/builders/evidence";
import { gate, rule } from "#test/support/builders/gate";
import { COMMIT, MODEL } from "#test/support/builders/model";
import { hold, KEY, releaseRecord, version } from "#test/support/builders/release-record";
import { visibleLines } from "./support/rendered.ts";

const rules = [
  rule(),
  rule({ kind: "min", threshold: 0.7 }),
  rule({ metric: "log_loss", kind: "max", threshold: 0.35 }),
];
const comparisons = [
  comparison(),
  comparison({ metric: "average_precision", candidate: 0.41, baseline: 0.4, gain: 0.01 }),
  comparison({ metric: "log_loss", candidate: 0.31, baseline: 0.33, gain: 0.02 }),
  comparison({ metric: "brier", candidate: 0.092, baseline: 0.094, gain: 0.002 }),
  comparison({ metric: "accuracy", candidate: 0.91, baseline: 0.91, gain: 0 }),
];
const slices = [
  slice(),
  slice({ value: "south", comparison: comparison({ gain: -0.03, candidate: 0.8, rows: 700 }), rows: 700 }),
  slice({ value: "(missing)", rows: 12, positives: 2, tooFew: true }),
];
const reported = (found: Evidence, by: Gate = gate({ rules })): ModelReport => {
  return { evidence: found, judgement: judge(found, by), runUrl: "https://github.example/ada/models/actions/runs/41" };
};
const strictly = (kind: "fail" | "inconclusive") => (kind === "fail" ? -0.06 : -0.012);

/** Of one column whose values moved up by so much, of 400 rows on both sides. */
function driftOf(shift: number): DriftResult {
  const ramp = (from: number) => ({
    kind: "numeric" as const,
    name: "speed",
    values: Float64Array.from({ length: 400 }, (_, at) => from + at / 4),
  });
  return compareColumns([ramp(100)], [ramp(100 + shift)]);
}

const STATES: Record<string, ModelReport> = {
  pass: reported(evidence({ comparisons, slices })),
  fail: reported(
    evidence({
      comparisons: [comparison({ gain: strictly("fail"), candidate: 0.78 }), ...comparisons.slice(1)],
      slices,
    }),
  ),
  inconclusive: reported(
    evidence({
      comparisons: [comparison({ gain: strictly("inconclusive"), candidate: 0.828 }), ...comparisons.slice(1)],
    }),
  ),
  "first-model": reported(evidence({ against: null, comparisons: comparisons.map((one) => ({ ...one, ...ALONE })) })),
  warning: reported(
    { ...evidence({ comparisons, slices }), findings: [finding({ severity: "warning" })] },
    gate({ rules: [...rules, rule({ metric: "brier", kind: "max", threshold: 0.05, severity: "warn" })] }),
  ),
  "blocking-finding": reported({ ...evidence({ comparisons }), findings: [finding()] }),
  drifted: reported({ ...evidence({ comparisons }), drift: driftOf(40) }),
  "contract-unchecked": reported(evidence({ comparisons, contract: "not-checked" })),
  "no-contract": reported(evidence({ comparisons, contract: "none" })),
  "not-computable": reported(
    evidence({ comparisons: [comparison({ ...ALONE, candidate: null }), ...comparisons.slice(1)] }),
  ),
};

const judged = (report: ModelReport) => reportComment({ kind: "judged", headSha: COMMIT, reports: [report] }, "");

describe.each(Object.entries(STATES))("the report of the state %s", (name, report) => {
  test("is this comment", async () => {
    await expect(judged(report)).toMatchFileSnapshot(`golden/comment-${name}.md`);
  });

  test("begins with the marker and is read in one sitting: at most 60 lines, a folded section counting one", async () => {
    expect(judged(report).startsWith(REPORT_MARKER)).toBe(true);
    expect(await visibleLines(judged(report))).toBeLessThanOrEqual(60);
  });

  test("is the same text when it is written again", () => {
    expect(reportComment({ kind: "judged", headSha: COMMIT, reports: [report] }, judged(report))).toBe(judged(report));
  });

  test("is a check run whose conclusion is success only for a proven pass", () => {
    const check = checkOf(MODEL, { kind: "judged", headSha: COMMIT, reports: [report] });
    const expected = { pass: "success", fail: "failure", inconclusive: "action_required" }[report.judgement.verdict];
    expect(check).toMatchObject({
      name: "tidemark / churn",
      commit: COMMIT,
      status: "completed",
      conclusion: expected,
    });
    expect(check.title).not.toMatch(/[`\\\n]/);
  });
});

test("a report in which every slice gained speaks of no loss", () => {
  const gained = [slice(), slice({ value: "south", comparison: comparison({ gain: 0.01 }) })];
  expect(judged(reported(evidence({ slices: gained })))).not.toContain("largest loss");
});

test.each(["pass", "fail", "first-model"])("the page of the state %s is this file", async (name) => {
  await expect(reportPage(STATES[name]!)).toMatchFileSnapshot(`golden/page-${name}.html`);
});

describe("a comment without a report", () => {
  const running = { kind: "running", headSha: COMMIT } as const;
  const unusable = { kind: "unusable", headSha: COMMIT, problem: "The evidence speaks of another model." } as const;

  test("waits", async () => {
    await expect(reportComment(running, "")).toMatchFileSnapshot("golden/comment-running.md");
    expect(checkOf(MODEL, running)).toMatchObject({ status: "in_progress" });
  });

  test("says what is wrong with the run", async () => {
    await expect(reportComment(unusable, "")).toMatchFileSnapshot("golden/comment-unusable.md");
    expect(checkOf(MODEL, unusable)).toMatchObject({ status: "completed", conclusion: "failure" });
  });

  test("remembers the verdicts it has shown", () => {
    const next = reportComment({ kind: "running", headSha: "b".repeat(40) }, judged(STATES["pass"]!));
    expect(commentState.parse(next).shown).toMatchObject([{ head: COMMIT.slice(0, 7), verdict: "pass" }]);
    expect(next).toContain(`earlier: \`${COMMIT.slice(0, 7)}\` ✅`);
  });
});

test("a model without a report of its own fails its check", () => {
  const comment = { kind: "judged", headSha: COMMIT, reports: [STATES["pass"]!] } as const;
  expect(checkOf("fraud", comment)).toMatchObject({ conclusion: "failure", title: "No usable report" });
});

describe("a promotion's comment", () => {
  const branch = { kind: "promote", ...KEY, generation: 4, shortDigest: shortDigest(version().digest) } as const;
  const held = { kind: "proof", holds: true, sentence: "passes the gate of the base branch" } as const;
  const approvals = {
    kind: "approval",
    holds: false,
    sentence: "1 approval of the head commit asked, 0 given",
  } as const;
  const failed = { kind: "proof", holds: false, sentence: "was compared with the version that serves now" } as const;
  const payload = {
    promotion: digestOf("p"),
    ...KEY,
    digest: version().digest,
    generation: 4,
    commit: COMMIT,
    pullRequest: 12,
    approvers: ["ada"],
  };
  const deployment = (state: "waiting" | "in_progress" | "success" | "failure" | "inactive") => {
    return { id: 9, payload, state, description: `is ${state}`, url: "https://serve.example/churn" };
  };
  const VIEWS: Record<string, PromotionView> = {
    ready: { branch, requirements: [held], deployment: undefined },
    "asks-approval": { branch, requirements: [held, approvals], deployment: undefined },
    "asks-more": { branch, requirements: [held, failed, approvals], deployment: undefined },
    merged: { branch, requirements: [], deployment: "not created yet" },
    waiting: { branch, requirements: [], deployment: deployment("waiting") },
    deploying: { branch, requirements: [], deployment: deployment("in_progress") },
    serving: { branch, requirements: [], deployment: deployment("success") },
    failed: { branch, requirements: [], deployment: deployment("failure") },
    replaced: { branch, requirements: [], deployment: deployment("inactive") },
  };

  test.each(Object.entries(VIEWS))("of the state %s is this text", async (name, view) => {
    await expect(promotionComment(view)).toMatchFileSnapshot(`golden/promotion-${name}.md`);
    expect(promotionComment(view).startsWith(PROMOTION_MARKER)).toBe(true);
  });

  test.each([
    ["ready", "success"],
    ["asks-approval", "action_required"],
    ["asks-more", "failure"],
  ])("of the state %s has a check run that is a %s", (name, conclusion) => {
    expect(promotionCheck(VIEWS[name]!, COMMIT)).toMatchObject({ conclusion, commit: COMMIT, status: "completed" });
  });
});

describe("a pull request's text", () => {
  const current = releaseRecord();

  test("says what merging a promotion does, then gives the proof", async () => {
    const record = promotedRecord({ ...KEY, current }, version("challenger"));
    const text = promotionText(evidence({ comparisons, slices }), gate({ rules }), record);
    await expect(text).toMatchFileSnapshot("golden/promotion-text.md");
  });

  test("says what merging a rollback does, and why", async () => {
    const record = rolledBackRecord(current, version("veteran"), hold());
    await expect(rollbackText(record, current)).toMatchFileSnapshot("golden/rollback-text.md");
  });

  test("says what merging a resume does", async () => {
    const held = releaseRecord({ hold: hold() });
    await expect(resumeText(resumedRecord(held), hold())).toMatchFileSnapshot("golden/resume-text.md");
  });
});

describe("the summary of a data check", () => {
  const column = (values: number[], name = "speed") => ({
    kind: "numeric" as const,
    name,
    values: Float64Array.from(values),
  });
  const words = (name: string, counts: Record<string, number>) => {
    const untold = { values: 0, rows: 0, sample: [] };
    return { kind: "categorical" as const, name, counts: new Map(Object.entries(counts)), missing: 4, untold };
  };
  const ramp = (from: number) => Array.from({ length: 400 }, (_, at) => from + at / 4);
  const before = [column(ramp(100)), words("phase", { Climb: 300, Descent: 96 })];
  const after = [column(ramp(140)), words("phase", { Climb: 290, Descent: 106 })];
  const dataset = { path: "data/train.csv", role: "training", digest: digestOf("train"), rows: 400, bytes: 1_048_576 };
  const contract = { path: "contracts/strikes.yaml", id: "strikes", version: "1.2.0", digest: digestOf("contract") };
  const report = (facts: Partial<ValidationReport>) =>
    ValidationReport.parse({
      format: "tidemark/validation",
      version: 1,
      model: MODEL,
      verdict: (facts.findings ?? []).length === 0 ? "pass" : "fail",
      datasets: [dataset],
      contract,
      findings: [],
      ...facts,
    });
  const summary = (facts: Partial<ValidationReport> = {}) => validationSummary(report(facts), profileOf(after));

  test("of good data is this text", async () => {
    await expect(summary()).toMatchFileSnapshot("golden/validation-pass.md");
  });

  test("of broken data that drifted is this text", async () => {
    const findings = [finding({ severity: "note" }), finding({ severity: "warning" }), finding()];
    const reference = { path: "profiles/strikes.json", kind: "profile" } as const;
    const drift = compareColumns(before, after);
    await expect(summary({ findings, drift, reference })).toMatchFileSnapshot("golden/validation-fail.md");
  });

  test("of ten thousand findings and five thousand columns is cut with a pointer (F-07)", () => {
    const findings = Array.from({ length: 10_000 }, (_, at) => finding({ column: `c${at}` }));
    const columns = Array.from({ length: 5_000 }, (_, at) => column([1, 2, 3], `c${at}`));
    const text = validationSummary(report({ findings }), profileOf(columns));
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain("And 9,970 findings more in the report's file.");
    expect(text).toContain("And 4,970 columns more in the profile's file.");
  });

  test("shows no quantile of few rows, which would be the value of one of them", () => {
    const rowsOf = (rows: number) => validationSummary(report({}), profileOf([column(ramp(100).slice(0, rows))]));
    expect(rowsOf(100)).toContain(" … ");
    expect(rowsOf(99)).not.toContain(" … 112");
    expect(rowsOf(99)).toContain("± 7.144 | – |");
  });

  test("shows no smallest and no largest value, which may be one person's", () => {
    const text = validationSummary(report({}), profileOf([column([...ramp(100), 987_654.5])]));
    expect(text).not.toContain("987");
  });
});
