import { describe, expect, test } from "vitest";
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
  const dataset = { path: "data/train.csv", digest: digestOf("train"), rows: 6_272, bytes: 1_048_576 };
  const summary = (findings: ReturnType<typeof finding>[]) =>
    validationSummary({
      format: "tidemark/validation",
      version: 1,
      model: MODEL,
      verdict: findings.length === 0 ? "pass" : "fail",
      datasets: [dataset],
      findings,
    });

  test("of good data is this text", async () => {
    await expect(summary([])).toMatchFileSnapshot("golden/validation-pass.md");
  });

  test("of broken data is this text", async () => {
    const all = [finding(), finding({ severity: "warning" }), finding({ severity: "note" })];
    await expect(summary(all)).toMatchFileSnapshot("golden/validation-fail.md");
  });
});
