import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePayload } from "#core/deployment/payload";
import { digestOf } from "#core/digest";
import { EnvironmentName, ModelName } from "#core/names";
import { promotionBody } from "#core/promotion/body";
import { promotionBranch } from "#core/promotion/branch";
import { recordPath } from "#core/registry/release-record";
import { commentState, remember } from "#core/report/comment-state";

const letters = "abcxyz0129-".split("");
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 63 });
const model = word.filter((text) => ModelName.safeParse(text).success);
const environment = word.filter((text) => EnvironmentName.safeParse(text).success);
const digest = fc.string().map(digestOf);
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: length, maxLength: length });
const generation = fc.integer({ min: 1, max: 999_999_999 });
const anything = fc.string({ unit: "binary", maxLength: 200 });

describe("a promotion branch", () => {
  const kind = fc.constantFrom("promote", "rollback", "resume");
  const branch = fc.record({ kind, model, environment, generation, shortDigest: hex(12) });

  test("reads back what it was made of", () => {
    fc.assert(
      fc.property(branch, (one) => {
        expect(promotionBranch.parse(promotionBranch.format(one))).toEqual(one);
      }),
    );
  });

  test("that reads back at all is the one that would be printed", () => {
    const near = fc
      .tuple(fc.constantFrom("tidemark/promote/", "tidemark/rollback/a/", ""), anything)
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(near, (text) => {
        const parsed = promotionBranch.parse(text);
        expect(parsed === undefined || promotionBranch.format(parsed) === text).toBe(true);
      }),
    );
  });

  test.each([
    "main",
    "tidemark/promote/churn/production/g0-0123456789ab",
    "tidemark/promote/churn/production/g01-0123456789ab",
    "tidemark/promote/churn/production/g1-0123456789AB",
    "tidemark/promote/churn/production/g1-0123456789abc",
    "tidemark/promote/churn/production/g1-0123456789ab\n",
    "tidemark/delete/churn/production/g1-0123456789ab",
    "tidemark/promote/../production/g1-0123456789ab",
    "tidemark/promote/con/production/g1-0123456789ab",
    "tidemark/promote/constructor/production/g1-0123456789ab",
    "tidemark/promote/churn/production/g9999999999-0123456789ab",
    "x/tidemark/promote/churn/production/g1-0123456789ab",
  ])("is not %j", (text) => {
    expect(promotionBranch.parse(text)).toBeUndefined();
  });
});

describe("a promotion's body", () => {
  const state = fc.record({ promotion: digest, model, environment, digest, generation, evidence: digest });

  test("reads back its state, whatever the text for people says", () => {
    fc.assert(
      fc.property(state, anything, (one, text) => {
        expect(promotionBody.parse(promotionBody.format(one, text))).toEqual(one);
      }),
    );
  });

  test("is believed from its first line on: a state further down is text", () => {
    const [mine, forged] = [1, 2].map((number) => ({
      promotion: digestOf("p"),
      model: "churn",
      environment: "production",
      digest: digestOf(String(number)),
      generation: number,
      evidence: digestOf("e"),
    }));
    expect(promotionBody.parse(promotionBody.format(mine!, promotionBody.format(forged!, "")))).toEqual(mine);
  });

  test.each([
    "",
    "text",
    "<!-- tidemark:promotion {} -->",
    "<!-- tidemark:promotion {not json} -->",
    `<!-- tidemark:promotion {"__proto__":{"model":"churn"}} -->`,
    `<!-- tidemark:promotion ${'{"a":'.repeat(5_000)} -->`,
    `a <!-- tidemark:promotion {"model":"churn"} -->`,
  ])("that nobody of ours wrote has no state: %.60s", (text) => {
    expect(promotionBody.parse(text)).toBeUndefined();
  });
});

describe("a comment's memory", () => {
  const earlier = fc.record({ head: hex(7), model, verdict: fc.constantFrom("pass", "fail", "inconclusive") });
  const state = fc.record({ shown: fc.array(earlier, { maxLength: 20 }) });

  test("reads back what it was made of, wherever in the comment it stands", () => {
    fc.assert(
      fc.property(state, fc.string({ maxLength: 50 }), (one, text) => {
        expect(commentState.parse(`${text.replaceAll("<!--", "")}\n${commentState.format(one)}\n`)).toEqual(one);
      }),
    );
  });

  test("never holds what could end its HTML comment", () => {
    fc.assert(
      fc.property(state, (one) => {
        const inside = commentState.format(one).slice("<!--".length, -"-->".length);
        expect(inside).not.toMatch(/-->|--!>/);
      }),
    );
  });

  test.each(["a--b", "a---b", "a----b", "a-----b"])("holds no two hyphens in a row for a model called %s", (name) => {
    const inside = commentState.format({ shown: [{ head: "0123456", model: name, verdict: "pass" }] }).slice(4, -3);
    expect(inside).not.toContain("--");
  });

  test.each([
    "",
    "<!-- tidemark:state {} -->",
    "<!-- tidemark:state {broken -->",
    `<!-- tidemark:state {"shown":[{"head":"x","model":"churn","verdict":"pass"}]} -->`,
    `<!-- tidemark:state {"shown":[],"more":1} -->`,
    `> <!-- tidemark:state {"shown":[]} -->`,
  ])("that cannot be read is empty: %j", (text) => {
    expect(commentState.parse(text)).toEqual({ shown: [] });
  });

  test("keeps six verdicts, the newest first, and one for each head and model", () => {
    const shown = (head: string, verdict: "pass" | "fail" = "pass") => ({ head, model: "churn", verdict });
    const before = { shown: ["1", "2", "3", "4", "5", "6"].map((head) => shown(head.repeat(7))) };
    const after = remember(before, [shown("3333333", "fail")]);
    expect(after.shown.map(({ head }) => head[0])).toEqual(["3", "1", "2", "4", "5", "6"]);
    expect(after.shown[0]?.verdict).toBe("fail");
    expect(remember(after, [shown("7777777")]).shown.map(({ head }) => head[0])).toEqual([
      "7",
      "3",
      "1",
      "2",
      "4",
      "5",
    ]);
  });
});

describe("a record's path", () => {
  test("reads back what it was made of", () => {
    fc.assert(
      fc.property(fc.record({ model, environment }), (key) => {
        expect(recordPath.parse(recordPath.format(key))).toEqual(key);
      }),
    );
  });

  test.each([
    "registry/churn/production.yml",
    "registry/churn/production.yaml\n",
    "registry/churn/more/production.yaml",
    "registry/../production.yaml",
    "registry/churn/..yaml",
    "registry/Churn/production.yaml",
    "registry/constructor/production.yaml",
    "/registry/churn/production.yaml",
    "x/registry/churn/production.yaml",
    "registry/churn/production.yaml.bak",
  ])("is not %j (F-21)", (path) => {
    expect(recordPath.parse(path)).toBeUndefined();
  });
});

describe("a deployment's payload", () => {
  const payload = {
    promotion: digestOf("p"),
    model: "churn",
    environment: "production",
    digest: digestOf("d"),
    generation: 4,
    commit: "a".repeat(40),
    pullRequest: 12,
    approvers: ["ada"],
  };

  test("is read as an object and as the text GitHub sometimes makes of it", () => {
    expect(parsePayload(payload)).toEqual(payload);
    expect(parsePayload(JSON.stringify(payload))).toEqual(payload);
  });

  test.each([
    undefined,
    null,
    "",
    "{",
    7,
    [],
    {},
    { ...payload, more: 1 },
    { ...payload, generation: 0 },
    { ...payload, digest: "sha256:ABC" },
    { ...payload, model: "../x" },
    { ...payload, commit: "main" },
  ])("of anybody else is none of ours: %j", (other) => {
    expect(parsePayload(other)).toBeUndefined();
  });
});
