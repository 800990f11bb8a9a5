import { z } from "zod";

const bound = z.number("expected a finite number");
const range = z
  .tuple([bound, bound], "expected [low, high]")
  .refine(([low, high]) => low <= high, { error: "expected [low, high]" });

/** The standard's operators; a rule has exactly one. "Between" includes both ends. */
export const operators = {
  mustBe: bound.optional(),
  mustNotBe: bound.optional(),
  mustBeGreaterThan: bound.optional(),
  mustBeGreaterOrEqualTo: bound.optional(),
  mustBeLessThan: bound.optional(),
  mustBeLessOrEqualTo: bound.optional(),
  mustBeBetween: range.optional(),
  mustNotBeBetween: range.optional(),
};

const Operators = z.object(operators);
export type Operators = z.output<typeof Operators>;
