import { expect, test } from "vitest";
import { z } from "zod";
import { defineAction, isActionDefinition } from "#kit/define-action";
import { flag, list, secret, text } from "#kit/input-types";
import { greet } from "./support/greet.ts";

const define = (name: string, inputs: z.ZodRawShape, outputs: z.ZodRawShape = {}) =>
  defineAction({
    name,
    title: "T",
    description: "D.",
    icon: "box",
    color: "blue",
    inputs,
    outputs,
    run: async () => ({ outputs: {} }),
  });

test("a definition is known as one, a look-alike is not", () => {
  expect(isActionDefinition(greet)).toBe(true);
  expect([{ ...greet }, null, "greet"].some(isActionDefinition)).toBe(false);
});

test("names are kebab-case", () => {
  expect(() => define("Greet", {})).toThrow('Action "Greet": "Greet" is not kebab-case.');
  expect(() => define("greet", { minGain: text().meta({ description: "x" }) })).toThrow('"minGain" is not kebab-case');
});

test("every input and output says what it is for", () => {
  expect(() => define("greet", { name: text() }, { rows: z.int() })).toThrow(
    '"name" needs meta({ description }); "rows" needs meta({ description })',
  );
});

test("a token is declared as a secret", () => {
  expect(() => define("greet", { "github-token": text().meta({ description: "x" }) })).toThrow(
    '"github-token" must be secret()',
  );
});

test("a positional input is one of the inputs, once, and neither secret nor flag nor list", () => {
  const note = { description: "x" };
  const inputs = { name: text().meta(note), loud: flag().prefault("false").meta(note), all: list().meta(note) };
  const place = (...positional: string[]) =>
    defineAction({
      name: "greet",
      title: "T",
      description: "D.",
      icon: "box",
      color: "blue",
      inputs: { ...inputs, key: secret().meta(note) } as z.ZodRawShape,
      outputs: {},
      positional,
      run: async () => ({ outputs: {} }),
    });
  expect(place("name").positional).toEqual(["name"]);
  for (const misfit of ["loud", "all", "key", "naem"]) expect(() => place(misfit)).toThrow(`"${misfit}" cannot be`);
  expect(() => place("name", "name")).toThrow("an input is positional twice");
});
