import { expect, test } from "vitest";
import { javaPattern } from "#core/data/sql/java-pattern";

// That translated patterns match the same texts is shown with both engines in test/services/spark.
test.each([
  ["^[A-Z]{2}\\d+$", "^[A-Z]{2}[0-9]+\\z"],
  ["a.b|[^,]", "a[\\x{0}-\\x{9}\\x{b}-\\x{10ffff}]b|[\\x{0}-\\+\\--\\x{10ffff}]"],
  ["(?i)ok", "[Oo][Kk\\x{212a}]"],
  ["(?P<year>\\d{4})-\\s", "(?:[0-9]{4})\\-[\\x{9}-\\x{a}\\x{c}-\\x{d} ]"],
  ["(?m)^a$", "(?:^|(?<=\\n))a(?=\\n|\\z)"],
  ["a{,2}}\\.", "a\\{\\,2\\}\\}\\."],
])("%s is written for Java as %s", (pattern, java) => {
  expect(javaPattern(pattern)).toBe(java);
});

const REFUSED = String.raw`\p{L} \pN \P{Greek} (?i)é (?=x)a (?!x) (?<=x) (?<!x) (?>a) (?#c) (a)\1 \Qa\E \C \h \R \X \G \Z \01 \cA \B
  a** a*+ a{2}{3} * ( ) a) [ [a [z-a] [[:foo:]] [\b] [a-\d] a{1001} (a{100}){100} a{3,2} \x{110000} (?x)a (?i-) (?P=n)
  (?P<n>a)(?P<n>b) (?<n>a) ^(?i:) (?:)a (^a?){2} (?:\b|a)* ^^ $$ $a a^ ^(?s)\A \z(?:$) \ \y`;

test.each(REFUSED.split(/\s+/))("F-22 the pattern %s is refused, not run with another meaning", (pattern) => {
  expect(() => javaPattern(pattern)).toThrow(expect.objectContaining({ code: "CHECK_REFUSED" }));
});
