import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { collectData } from "#actions/collect-data/action";
import { readSource } from "#core/data/collect/source";
import { parseInputs } from "#kit/parse-inputs";
import { knownMetadata } from "../templates/support/actions.ts";
import { githubComplaints } from "../templates/support/github-language-service.ts";
import { blocks, read } from "./support/documents.ts";

const steps = blocks(read("docs/collect.md")).filter(({ language }) => language === "yaml");
const kinds = steps.map(({ text }) => readSource(inputsOf(text).source).kind);

function inputsOf(text: string) {
  const [step] = parse(text) as readonly { readonly with: Readonly<Record<string, unknown>> }[];
  const given = Object.entries(step?.with ?? {}).map(([name, value]) => [name, String(value)] as const);
  return parseInputs(collectData, Object.fromEntries(given));
}

test("shows a step for every kind of source", () => {
  expect(kinds).toEqual(["files", "https", "s3", "kafka", "dvc"]);
});

describe.each(steps.map(({ text }, at) => [kinds[at], text] as const))("its step for %s", (_, text) => {
  test("passes GitHub's own validation in a workflow", async () => {
    const indented = text.replace(/^(?=.)/gm, "      ");
    const workflow = `on: push\njobs:\n  collect:\n    runs-on: ubuntu-latest\n    steps:\n${indented}`;
    expect(await githubComplaints(".github/workflows/collect.yml", workflow, knownMetadata)).toEqual([]);
  });

  test("has inputs that the action reads", () => {
    expect(inputsOf(text).name).toMatch(/^[a-z]+$/);
  });
});
