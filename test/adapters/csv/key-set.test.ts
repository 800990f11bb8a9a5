import fc from "fast-check";
import { expect, test } from "vitest";
import { KeyBudget, KeySet } from "#adapters/csv/key-set";
import { identityOf, keyText } from "#adapters/csv/row-key";

test("a set of keys tells new ones from old ones, as a Set of the texts does", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 2_000 }), (texts) => {
      const [keys, known] = [new KeySet(new KeyBudget()), new Set<string>()];
      for (const text of texts) {
        expect(keys.has(text)).toBe(known.has(text));
        expect(keys.add(text)).toBe(!known.has(text));
        known.add(text);
      }
      expect(keys.size).toBe(known.size);
    }),
  );
});

test("a set of keys grows past any number of its first places", () => {
  const keys = new KeySet(new KeyBudget());
  for (let at = 0; at < 100_000; at++) keys.add(`key ${at}`);
  expect(keys.size).toBe(100_000);
  for (let at = 0; at < 100_000; at++) expect(keys.add(`key ${at}`)).toBe(false);
  expect(keys.has("key 100000")).toBe(false);
});

test("a budget holds for all sets that share it, and what is beyond is left to DuckDB", () => {
  const budget = new KeyBudget(3);
  const [one, other] = [new KeySet(budget), new KeySet(budget)];
  one.add("a");
  one.add("a");
  other.add("a");
  other.add("b");
  expect(() => one.add("c")).toThrow(
    "The CSV engine compares at most 3 different values and keys; DuckDB has no such limit.",
  );
});

test("no two lists of values have the same text", () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom("1", ":", ",", "a"), maxLength: 4 }), {
    minLength: 2,
    maxLength: 2,
  });
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      expect(keyText(one) === keyText(other)).toBe(one.join("\0") === other.join("\0"));
    }),
  );
});

test("F-05 numbers are compared by value where every side has numbers alone", () => {
  const number = identityOf(["integer", "number"]);
  const same = (...texts: string[]) => new Set(texts.map(number)).size === 1;
  expect(same("1", "1.0", "+01", "1e0", "10e-1")).toBe(true);
  expect(same("0", "-0", "0.0", "-0e5")).toBe(true);
  expect(same("10000000000000000", "1e16", "1.0e+16")).toBe(true);
  expect(same("0.1", ".10", "1e-1")).toBe(true);
  expect(same("9007199254740992", "9007199254740993")).toBe(false);
  expect(same("+9007199254740993", "09007199254740993", "9007199254740993")).toBe(true);
  expect(number("")).toBe("");
  expect(identityOf(["integer", "string"])("01")).toBe("01");
});
