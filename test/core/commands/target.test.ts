import { describe, expect, test } from "vitest";
import { commandTarget } from "#core/commands/target";
import { config, environmentEntry, modelEntry } from "#test/support/builders/config";

const one = config({ churn: modelEntry() });
const two = config({
  churn: modelEntry({ environments: [environmentEntry(), environmentEntry({ name: "staging" })] }),
  fraud: modelEntry(),
});
const BRANCH = "tidemark/promote/churn/staging/g4-0123456789ab";

describe("a command means", () => {
  test("the only model and environment there are", () => {
    expect(commandTarget([], "main", one)).toEqual({
      ok: true,
      value: { model: "churn", environment: "production", to: undefined },
    });
  });

  test.each([
    [["churn", "staging"], "main", "churn", "staging"],
    [["staging", "churn"], "main", "churn", "staging"],
    [["fraud"], "main", "fraud", "production"],
    [[], BRANCH, "churn", "staging"],
    [["production"], BRANCH, "churn", "production"],
  ])("what %j says on the branch %s", (words, branch, model, environment) => {
    expect(commandTarget(words, branch, two)).toMatchObject({ ok: true, value: { model, environment } });
  });

  test("the digest that follows `to`, in any place", () => {
    expect(commandTarget(["to", "3f2a", "churn", "staging"], "main", two)).toMatchObject({ value: { to: "3f2a" } });
    expect(commandTarget(["churn", "staging", "to", "3f2a"], "main", two)).toMatchObject({ value: { to: "3f2a" } });
  });
});

describe("a command is unclear", () => {
  test.each([
    [[], "main", "Which model? There are: churn, fraud."],
    [["churn"], "main", "Which environment? churn has: production, staging."],
    [["churn", "staging", "quickly"], "main", 'I do not know "quickly" here.'],
    [["churn", "fraud", "production"], "main", 'I do not know "fraud" here.'],
    [["constructor"], "main", "Which model?"],
    [[], "tidemark/promote/gone/staging/g4-0123456789ab", "Which model?"],
  ])("when it says %j on the branch %s", (words, branch, reason) => {
    const target = commandTarget(words, branch, two);
    expect(target).toMatchObject({ ok: false, code: "UNCLEAR", reason: expect.stringContaining(reason) });
  });

  test("when the branch's environment is none of the named model", () => {
    expect(commandTarget(["fraud"], BRANCH, two)).toMatchObject({ ok: false });
  });

  test("when nothing follows `to`", () => {
    expect(commandTarget(["churn", "staging", "to"], "main", two)).toMatchObject({ ok: false });
  });
});
