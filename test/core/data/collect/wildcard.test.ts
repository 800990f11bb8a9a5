import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasWildcard, literalFolder, matchesWildcard } from "#core/data/collect/wildcard";

describe("a pattern with wildcards", () => {
  test.each([
    ["a.csv", "a.csv", true],
    ["a.csv", "b.csv", false],
    ["*.csv", "a.csv", true],
    ["*.csv", "a/b.csv", false],
    ["a*c?.csv", "abcd.csv", true],
    ["a?.csv", "a.csv", false],
    ["**/*.csv", "b.csv", true],
    ["**/*.csv", "a/b/c.csv", true],
    ["d/**", "d/a/b.csv", true],
    ["d/**", "e/a", false],
    ["d/**/x/*.csv", "d/x/x/a.csv", true],
    ["d/*/*.csv", "d/year=2026/a.csv", true],
    ["[a].csv", "[a].csv", true],
    ["[a].csv", "a.csv", false],
    // What tools keep for themselves.
    ["d/*", "d/_SUCCESS", false],
    ["d/**", "d/.git/x.csv", false],
    ["d/_*", "d/_SUCCESS", true],
    ["d/*", "d/.hidden", false],
    ["d/**/_x/*", "d/_x/a", true],
  ])("%s and %s: %s", (pattern, path, matches) => {
    expect(matchesWildcard(pattern, path)).toBe(matches);
  });

  test("agrees with an independent translation to a regular expression", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "/", "*", "?", "**/"), { maxLength: 8 })
      .map((parts) => parts.join(""));
    const path = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 8 }).map((parts) => parts.join(""));
    const translated = (source: string) =>
      source
        .split("/")
        .map((segment) =>
          segment === "**"
            ? undefined
            : segment.replace(/\*+/g, "*").replace(/[*?]/g, (sign) => (sign === "*" ? "[^/]*" : "[^/]")),
        );
    const slow = (parts: readonly (string | undefined)[], names: readonly string[]): boolean => {
      const [first, ...rest] = parts;
      if (parts.length === 0) return names.length === 0;
      if (first === undefined) return slow(rest, names) || (names.length > 0 && slow(parts, names.slice(1)));
      return names.length > 0 && new RegExp(`^${first}$`).test(names[0] ?? "") && slow(rest, names.slice(1));
    };
    fc.assert(
      fc.property(text, path, (given, name) => {
        expect(matchesWildcard(given, name)).toBe(slow(translated(given), name.split("/")));
      }),
      { numRuns: 2_000 },
    );
  });

  test("F-22 of many stars is answered at once", () => {
    expect(matchesWildcard(`${"*a".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
    expect(matchesWildcard(`${"**/a/".repeat(100)}b`, "a/".repeat(5_000))).toBe(false);
  });

  test("knows where its wildcards begin", () => {
    expect(["a/b.csv", "a/*.csv", "a/b?/c"].map(hasWildcard)).toEqual([false, true, true]);
    expect(["*.csv", "a/*.csv", "a/b/**/c", "a/b.csv"].map(literalFolder)).toEqual(["", "a", "a/b", "a"]);
  });
});
