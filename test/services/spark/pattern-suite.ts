import { describe, expect, test } from "vitest";
import type { Check } from "#core/data/check";
import { javaPattern } from "#core/data/sql/java-pattern";
import { seededRandom } from "#core/random";
import { csvFile, expectAgreement, parquetFile, SESSIONS } from "./both-engines.ts";
import type { Spark } from "./spark.ts";

/** Patterns of one character. Java would read most of them differently from RE2 if they were passed on as they are. */
const SETS = [
  ...String.raw`. \d \D \w \W \s \S \v \a \x41 \x{1F600} [^a] [[:punct:]] [[:space:]] [[:print:]] [[:word:]]`.split(
    " ",
  ),
  ...String.raw`[[:^ascii:]] [\v] [\x{1F600}-\x{1F64F}é] [^é\n] []a] [^]a] [a-] [-a] [a\-z] [+--] [!-/] [&&a] [a&&b]`.split(
    " ",
  ),
  ...String.raw`[[a] [\\] [\d\W] (?s). (?s:.) [\s\S] [^\s\S] (?i)k (?i)[^k] (?i)[a-z] (?i)s (?i)\w (?i)\W (?i)[^\W]`.split(
    " ",
  ),
  ...String.raw`(?i)[[:upper:]] (?i)[[:^lower:]] (?i)[K-S] (?i)[^A-Z] (?i)(?-i:k) # \# é K ſ`.split(" "),
];

const PIECES =
  String.raw`a b k K 1 _ é 😀 . \d \D \w \W \s \S \n [a-c] [^b] [^\n] \. { } ] a{,2} a{2 - ^ $ \A \z \b`.split(" ");
const GROUPS = ["(", "(?:", "(?i:", "(?s:", "(?m:", "(?ims:", "(?-i:", "(?U:", "(?P<n#>"];
const REPEATS = ["", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}", "{0}"];
const LETTERS = [..."aaabbkKſ\u212a1_ .{}]-\n\r\t\u000b\u0085\u2028éÉ😀"];

function isRun(pattern: string): boolean {
  try {
    return javaPattern(pattern) !== "";
  } catch {
    return false;
  }
}

export function describePatterns(spark: () => Spark): void {
  describe("patterns mean in Java what they mean in RE2", () => {
    test("for every character of Unicode", async () => {
      const path =
        await parquetFile(`SELECT chr(i::INTEGER) AS c, CASE WHEN hash(i) % 8 = 0 THEN chr(i::INTEGER) END AS some
        FROM range(1, 1114112) r(i) WHERE i NOT BETWEEN 55296 AND 57343`);
      const checks = SETS.flatMap((set) =>
        ["c", "some"].map((column): Check => ({ kind: "pattern", column, pattern: `^${set}$` })),
      );
      await expectAgreement(spark(), path, checks, SESSIONS.slice(0, 1));
    });

    test("for random patterns and texts", () => expectRandomPatterns(spark(), 11));

    test("F-22 with repeats in repeats, and on a text of 30,000 characters", async () => {
      const path = await csvFile(
        ["a", "b"],
        [
          [`${"a".repeat(28)}!`, "1"],
          ["a".repeat(30_000), "2"],
        ],
      );
      await expectAgreement(spark(), path, [
        { kind: "pattern", column: "a", pattern: "^(a+)+$" },
        { kind: "pattern", column: "a", pattern: "^[a-c]+(?:-[a-c]+)*$" },
      ]);
    });
  });
}

export async function expectRandomPatterns(spark: Spark, seed: number): Promise<void> {
  const random = seededRandom(seed);
  let names = 0;
  const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? "";
  const many = (most: number, make: () => string) => Array.from({ length: Math.floor(random() * most) }, make);
  const piece = (depth: number): string => {
    const inner =
      depth > 0 && random() < 0.35
        ? `${pick(GROUPS).replace("#", () => String(++names))}${pattern(depth - 1)})`
        : pick(PIECES);
    return inner + pick(REPEATS);
  };
  const pattern = (depth: number): string =>
    pick(["", "", "", "(?i)", "(?m)", "(?s)"]) +
    Array.from({ length: 1 + Math.floor(random() * 2) }, () => many(4, () => piece(depth)).join("")).join("|");
  const patterns: string[] = [];
  while (patterns.length < 250) {
    const made = pick(["", "^"]) + pattern(2) + pick(["", "$"]);
    if (isRun(made)) patterns.push(made);
  }
  const texts = Array.from({ length: 300 }, () => many(7, () => pick(LETTERS)).join(""));
  const checks = patterns.map((each): Check => ({ kind: "pattern", column: "a", pattern: each }));
  const { results } = await expectAgreement(
    spark,
    await csvFile(
      ["a", "b"],
      texts.map((text) => [text, "1"]),
    ),
    checks,
  );
  const telling = results.filter(({ broken, checked }) => broken > 0 && broken < checked);
  expect(telling.length).toBeGreaterThan(50);
}
