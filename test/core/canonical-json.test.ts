import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "#core/canonical-json";
import { digestOf, digestOfJson, shortDigest } from "#core/digest";

describe("canonical JSON", () => {
  test("means the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("has one text for one value, whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(backwards(value))).toBe(canonicalJson(value));
      }),
    );
  });

  test("has one text for what has gone through it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });

  // The example of RFC 8785, section 3.2.3.
  test("sorts keys by their UTF-16 code units", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"];
    const written = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(written)).sort()).toEqual(keys.toSorted());
    expect([...written.matchAll(/"([^"]+)":/g)].map((match) => JSON.parse(`"${match[1]}"`))).toEqual([
      "\r",
      "1",
      "\u0080",
      "\u00f6",
      "\u20ac",
      "\u{1f600}",
      "\ufb33",
    ]);
  });

  test.each([
    [{ b: 1, a: [true, null, "x\n"] }, '{"a":[true,null,"x\\n"],"b":1}'],
    [{ a: undefined, b: 1 }, '{"b":1}'],
    [[undefined], "[null]"],
    [-0, "0"],
    [1e21, "1e+21"],
    [0.000_000_1, "1e-7"],
    [JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
  ])("writes %j as %s", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([Number.NaN, Infinity, -Infinity, 1n, undefined, Symbol("x"), () => 0])("refuses %s", (value) => {
    expect(() => canonicalJson({ deep: [{ value }] })).toThrow;
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test("refuses a number JSON cannot carry, however deep it lies", () => {
    expect(() => canonicalJson({ deep: [{ value: Number.NaN }] })).toThrow(TypeError);
  });
});

describe("a digest", () => {
  test("is SHA-256, the same for text and its bytes", () => {
    const abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect([digestOf("abc"), digestOf(new TextEncoder().encode("abc"))]).toEqual([abc, abc]);
    expect(shortDigest(digestOf("abc"))).toBe("ba7816bf8f01");
  });

  test("of JSON does not depend on the order of keys", () => {
    expect(digestOfJson({ a: 1, b: 2 })).toBe(digestOfJson({ b: 2, a: 1 }));
    expect(digestOfJson({ a: 1, b: 2 })).not.toBe(digestOfJson({ a: 2, b: 1 }));
  });
});

/** The same value with the keys of every object in the opposite order. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, backwards(inner)]),
  );
}
