import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { actionYaml } from "#kit/action-yaml";
import { actionHelp, suiteHelp } from "#kit/command-help";
import { defineAction } from "#kit/define-action";
import { choice } from "#kit/input-types";
import { inputsSchema } from "#kit/json-schema";
import { actionsTable, inputsTable, outputsTable } from "#kit/readme-table";
import { actionReadme } from "../../scripts/generate/readme.ts";
import { greet } from "./support/greet.ts";

test("action.yml follows from the definition", async () => {
  await expect(actionYaml(greet)).toMatchFileSnapshot("golden/greet-action.yml");
});

test("action.yml gives every input its default and says which are required", () => {
  const { inputs, runs } = parse(actionYaml(greet));
  expect(Object.keys(inputs)).toEqual(Object.keys(greet.inputs));
  expect(inputs.name).toEqual({ description: "Whom to greet.", required: true });
  expect(inputs.loud.default).toBe("false");
  expect(inputs["api-token"].default).toBe("${{ github.token }}");
  expect(runs).toEqual({ using: "node24", main: "../../dist/greet.js" });
});

const awkward = defineAction({
  name: "awkward",
  title: 'Quotes "and": # colons',
  description: "Line one\nline | two",
  icon: "box",
  color: "blue",
  inputs: { mode: choice(["a|b", "c"]).meta({ description: "One | two" }) },
  outputs: { x: z.string().meta({ description: "yes: no" }) },
  run: async () => ({ outputs: { x: "" } }),
});

test("awkward text survives YAML and Markdown tables", () => {
  const read = parse(actionYaml(awkward));
  expect([read.name, read.description]).toEqual(['Tidemark Quotes "and": # colons', "Line one\nline | two"]);
  expect(inputsTable(awkward)).toContain("| `mode` | One \\| two One of `a\\|b`, `c`. | **required** |");
  expect(actionsTable([awkward])).toContain("| [`awkward`](actions/awkward) | Line one line \\| two |");
});

test("README tables follow from the definition", async () => {
  await expect(`${inputsTable(greet)}\n\n${outputsTable(greet)}\n`).toMatchFileSnapshot("golden/greet-tables.md");
});

test("help follows from the definition", async () => {
  await expect(actionHelp(greet)).toMatchFileSnapshot("golden/greet-help.txt");
});

test("help and README call an action with positional inputs by words, without their flags", () => {
  const spoken = { ...greet, name: "greet-somebody", positional: ["name", "mood"] };
  expect(actionHelp(spoken)).toContain("\nUsage: tidemark greet somebody <name> [mood] [flags]\n");
  expect(actionReadme(spoken)).toContain("```sh\nnpm run --silent tidemark -- greet somebody <name> [mood]\n```");
});

test("the list of actions has one line for each", () => {
  const entry = { title: "Greet somebody", description: "", define: async () => greet, load: () => Promise.reject() };
  expect(suiteHelp({ greet: entry })).toContain("\nActions:\n  greet                         Greet somebody\n");
});

test("the JSON Schema of the inputs carries no note of ours", () => {
  const schema = JSON.stringify(inputsSchema(greet));
  expect(schema).toContain('"$schema":"http://json-schema.org/draft-07/schema#"');
  expect(schema).not.toContain('"input":');
});
