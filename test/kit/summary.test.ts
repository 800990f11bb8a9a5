import { expect, test } from "vitest";
import { fittedSummary } from "#kit/summary";

test("a summary that fits is left as it is", () => {
  expect(fittedSummary("# Report\n")).toBe("# Report\n");
});

test("a summary that is too long is cut at a line's end", () => {
  expect(fittedSummary("first\nsecond\nthird\n", 14)).toMatch(/^first\nsecond\n\n> This summary was cut/);
});

test("a cut inside a code block closes it, so that the sentence stays outside", () => {
  expect(fittedSummary("````\na\n```\nb\nc\n", 12)).toMatch(/\n````\n\n> This summary/);
  expect(fittedSummary("```\na\n```\nb\nc\n", 12)).not.toMatch(/```\n\n> /);
});

test("a cut never splits a character", () => {
  expect(fittedSummary("ééééé", 5)).toMatch(/^éé\n/);
});
