import { expect, test } from "vitest";
import { patternRefused, refuseLongPattern } from "#core/data/pattern-refused";

test("F-22 a pattern that cannot be run is told with the parser's reason", () => {
  const cause = new Error("error parsing regexp: invalid or unsupported Perl syntax: `(?=`");
  expect(patternRefused("(?=x)a", cause)).toMatchObject({
    code: "CHECK_REFUSED",
    problem: 'The pattern "(?=x)a" cannot be run: invalid or unsupported Perl syntax: `(?=`.',
    cause,
  });
});

test("F-22 a pattern of more than 1,000 characters is refused, and cut where it is told", () => {
  expect(() => refuseLongPattern("a".repeat(1_000))).not.toThrow();
  expect(() => refuseLongPattern("a".repeat(1_001))).toThrow(`"${"a".repeat(80)}…" cannot be run: it is longer than`);
});
