import { describe, expect, test } from "vitest";
import { environmentOf, modelOf } from "#core/config/read-config";
import { digestOf, shortDigest } from "#core/digest";
import { evidenceDigest } from "#core/judge/evidence";
import type { PromotionBranch } from "#core/promotion/branch";
import { type GuardedPromotion, mergeRequirements } from "#core/promotion/guard";
import { promotedRecord, resumedRecord, rolledBackRecord, versionOf } from "#core/registry/next-record";
import { recordPath } from "#core/registry/release-record";
import { config, environmentEntry, modelEntry } from "#test/support/builders/config";
import { comparison, evidence } from "#test/support/builders/evidence";
import { gate } from "#test/support/builders/gate";
import { candidate, MODEL } from "#test/support/builders/model";
import { hold, KEY, releaseRecord, version } from "#test/support/builders/release-record";

const current = releaseRecord();
const proposed = promotedRecord({ ...KEY, current }, versionOf(candidate(), evidenceDigest(evidence())));
const environment = (facts: Record<string, unknown> = {}) =>
  environmentOf(
    modelOf(config({ [MODEL]: modelEntry({ environments: [environmentEntry(facts)] }) }), MODEL),
    "production",
  );

function branch(kind: PromotionBranch["kind"] = "promote", record = proposed): PromotionBranch {
  return { kind, ...KEY, generation: record.generation, shortDigest: shortDigest(record.serving.digest) };
}

/** A promotion that may be merged, with what a test changes. */
function promotion(facts: Partial<GuardedPromotion> = {}): GuardedPromotion {
  return {
    branch: branch(),
    changedFiles: [recordPath.format(KEY)],
    current,
    proposed,
    evidence: evidence(),
    openedByApp: true,
    gate: gate(),
    environment: environment(),
    approvers: ["ada"],
    served: [],
    ...facts,
  };
}

const missing = (facts: Partial<GuardedPromotion>) =>
  mergeRequirements(promotion(facts))
    .filter(({ holds }) => !holds)
    .map(({ sentence }) => sentence);

test("a promotion with everything asks for nothing more", () => {
  expect(missing({})).toEqual([]);
  expect(mergeRequirements(promotion())).toHaveLength(10);
});

describe("a promotion cannot be merged", () => {
  const path = recordPath.format(KEY);
  const lost = evidence({ comparisons: [comparison({ gain: -0.04 })] });
  const swapped = { ...proposed, serving: { ...version("challenger"), evidence: evidenceDigest(lost) } };

  test.each<[string, Partial<GuardedPromotion>, string[]]>([
    ["when it changes another file", { changedFiles: [path, "README.md"] }, [`changes ${path} and nothing else`]],
    ["when it changes nothing", { changedFiles: [] }, [`changes ${path} and nothing else`]],
    [
      "when it changes another record",
      { changedFiles: ["registry/fraud/production.yaml"] },
      [`changes ${path} and nothing else`],
    ],
    [
      "when the branch names another generation",
      { branch: { ...branch(), generation: 5 } },
      ["is generation 4, the next one"],
    ],
    [
      "when its generation jumps (F-65)",
      { proposed: { ...proposed, generation: 9 } },
      ["is generation 4, the next one"],
    ],
    [
      "when the branch names another model",
      { branch: { ...branch(), shortDigest: "0".repeat(12) } },
      [`names model ${"0".repeat(12)}`],
    ],
    [
      "when the store has no such evidence",
      { evidence: undefined },
      [
        "its evidence is in the store, speaks of this model and follows from its predictions",
        "was compared with the version that serves now",
        "passes the gate of the base branch",
      ],
    ],
    [
      "when the record names other evidence",
      { proposed: { ...proposed, serving: { ...proposed.serving, evidence: digestOf("x") } } },
      ["its evidence is in the store, speaks of this model and follows from its predictions"],
    ],
    [
      "when another version serves by now",
      { current: releaseRecord({ serving: "newer" }) },
      ["was compared with the version that serves now"],
    ],
    [
      "when the base branch's gate says no (F-61)",
      { proposed: swapped, evidence: lost },
      ["passes the gate of the base branch"],
    ],
    [
      "when the environment is on hold",
      { current: releaseRecord({ hold: hold() }) },
      ["the environment is not on hold"],
    ],
    ["without an approval", { approvers: [] }, ["1 approval of the head commit asked, 0 given"]],
    [
      "with one approval of two",
      { environment: environment({ approvals: 2 }) },
      ["2 approvals of the head commit asked, 1 given"],
    ],
  ])("%s", (_, facts, sentences) => {
    expect(missing(facts)).toEqual(sentences);
  });

  test("when somebody else's promotion came first, and says what has moved", () => {
    const overtaken = missing({ current: releaseRecord({ generation: 4, serving: "newer" }) });
    expect(overtaken).toEqual(["is generation 5, the next one", "was compared with the version that serves now"]);
  });

  test("when a person opened it by hand", () => {
    expect(missing({ openedByApp: false })).toEqual(["was opened by Tidemark, not by hand"]);
  });

  test("when its evidence was made by no run", () => {
    const homemade = evidence({ run: null });
    const named = { ...proposed, serving: { ...proposed.serving, evidence: evidenceDigest(homemade) } };
    expect(missing({ evidence: homemade, proposed: named })).toHaveLength(1);
  });

  test("when its record cannot be read", () => {
    expect(missing({ proposed: undefined })).toEqual([
      "is generation 4, the next one",
      `names model ${shortDigest(proposed.serving.digest)}`,
      "says that it is a promotion",
      "its evidence is in the store, speaks of this model and follows from its predictions",
    ]);
  });

  test.each([
    ["predictions", { predictions: { ...proposed.serving.predictions, digest: digestOf("weak") } }],
    ["a holdout", { holdout: digestOf("easy") }],
  ])("when its record names %s that its evidence did not measure (F-65)", (_, facts) => {
    expect(missing({ proposed: { ...proposed, serving: { ...proposed.serving, ...facts } } })).not.toEqual([]);
  });
});

describe("a rollback", () => {
  const rolledBack = rolledBackRecord(current, version("veteran"), hold());
  const served = [{ digest: rolledBack.serving.digest, generation: 1, commit: "0".repeat(40), healthy: true }];
  const facts = { branch: branch("rollback", rolledBack), proposed: rolledBack, evidence: undefined, served };

  test("is not judged again", () => {
    expect(missing(facts)).toEqual([]);
  });

  test("asks for the environment's approvals", () => {
    expect(missing({ ...facts, approvers: [] })).toHaveLength(1);
  });

  test("asks for nobody where rollbacks merge themselves", () => {
    const alone = { ...facts, approvers: [], environment: environment({ "rollback-merges-itself": true }) };
    expect(missing(alone)).toEqual([]);
  });

  test("may be merged while the environment is on hold", () => {
    expect(missing({ ...facts, current: releaseRecord({ hold: hold() }) })).toEqual([]);
  });

  test("to a version that was never healthy here cannot be merged", () => {
    const failed = served.map((one) => ({ ...one, healthy: false }));
    expect(missing({ ...facts, served: failed })).toEqual(["names a version that has been healthy here"]);
    expect(missing({ ...facts, served: [] })).toHaveLength(1);
  });

  test("asks for the next generation and for one file like every change", () => {
    expect(missing({ ...facts, changedFiles: ["x"], proposed: { ...rolledBack, generation: 3 } })).toHaveLength(2);
  });

  test("whose record says it is a promotion cannot be merged without being judged", () => {
    expect(missing({ ...facts, proposed: { ...rolledBack, reason: "promotion" } })).not.toEqual([]);
  });
});

describe("a resume", () => {
  const held = releaseRecord({ hold: hold() });
  const resumed = resumedRecord(held);
  const facts = { branch: branch("resume", resumed), current: held, proposed: resumed, evidence: undefined };

  test("asks for approvals and for nothing to be proven", () => {
    expect(missing(facts)).toEqual([]);
    expect(missing({ ...facts, approvers: [] })).toHaveLength(1);
  });

  test("asks for approvals even where rollbacks merge themselves", () => {
    const lax = environment({ "rollback-merges-itself": true });
    expect(missing({ ...facts, approvers: [], environment: lax })).toHaveLength(1);
  });

  test("that changes what serves cannot be merged", () => {
    const smuggled = { ...resumed, serving: version("unproven") };
    expect(missing({ ...facts, branch: branch("resume", smuggled), proposed: smuggled })).not.toEqual([]);
  });
});
