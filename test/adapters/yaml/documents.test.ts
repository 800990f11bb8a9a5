import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";

const documents = yamlDocuments();
const parse = (text: string, source = "registry/x.yaml") => documents.parse(text, source);

describe("YAML", () => {
  test("reads one plain document", () => {
    expect(parse("name: churn\nrules:\n  - {metric: auc, margin: 0.01}\non: no\nversion: '1.10'\n")).toEqual({
      name: "churn",
      rules: [{ metric: "auc", margin: 0.01 }],
      on: "no",
      version: "1.10",
    });
  });

  test.each([
    ["a: 1\nb: 2\na: 3\n", "registry/x.yaml line 3: a key occurs twice."],
    ["a: &x 1\n", "registry/x.yaml line 1: anchors"],
    ["a: 1\nb: *x\n", "registry/x.yaml line 2: aliases"],
    ["a: !!js/function x\n", "registry/x.yaml line 1: tags"],
    ["%YAML 1.1\n---\na: 1\n", "registry/x.yaml line 1: directives"],
    ["a: 1\n---\nb: 1\n", "more than one document"],
    ["<<: {a: 1}\n", "merge keys"],
    ["a:\n  __proto__: {x: 1}\n", 'registry/x.yaml line 2: the key "__proto__" is not allowed'],
    ["a: .nan\n", "registry/x.yaml line 1: .nan is not a finite number"],
    ["a: -.inf\n", "-.inf is not a finite number"],
    ["a: 1\nb: 1e999\n", "registry/x.yaml line 2: 1e999 is not a finite number"],
    ["a: 12345678901234567890\n", "larger than a number can hold exactly"],
    ["1.10: a\n", "the key 1.10 is not text"],
    ["? [a]\n: b\n", "a key is a list or a mapping"],
    ["a: [1, 2\n", "registry/x.yaml line"],
    ["a: b: c\n", "registry/x.yaml line 1"],
    ["a:\n\t- b\n", "registry/x.yaml line 2"],
  ])("refuses %j", (text, message) => {
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: "DOCUMENT_MALFORMED" }));
  });

  test.each([
    ["20 KB of open brackets", "[".repeat(20_000)],
    ["200 KB of open brackets", "[".repeat(200_000)],
    ["brackets hidden behind quotes", '["]",'.repeat(40_000)],
    ["open braces", "{a: ".repeat(50_000)],
    ["list signs on one line", "- ".repeat(120_000)],
    ["question marks on one line", "? ".repeat(120_000)],
    ["a block map 700 levels deep", Array.from({ length: 700 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("refuses %s before anything recurses", (_, text) => {
    expect(() => parse(text)).toThrow("nested deeper than 64 levels");
  });

  test("refuses a text that is too long before reading it", () => {
    expect(() => parse(`a: ${"x".repeat(300_000)}`)).toThrow("at most 262144 are read");
  });

  test("keeps brackets in text out of the count", () => {
    const text = `note: "${"[".repeat(500)}"\n`;
    expect(parse(text)).toEqual({ note: "[".repeat(500) });
  });

  test("reads marks of YAML inside text as text", () => {
    const text = "a: |\n  *bold* &x !y %z\n  \ttab\n\nb: 'it is *x* & !y'\nc: [a,\n  b]\nd: >-\n  one\n  two\n";
    expect(parse(text)).toEqual({ a: "*bold* &x !y %z\n\ttab\n", b: "it is *x* & !y", c: ["a", "b"], d: "one two" });
  });

  test("leaves the prototype of plain objects alone", () => {
    expect(() => parse('"__proto__": {polluted: true}')).toThrow("__proto__");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test("never ends in anything but a value or a UserError", () => {
    const piece = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      "- ",
      "? ",
      ": ",
      "a",
      '"',
      "'",
      "\n",
      "  ",
      "|",
      "&a ",
      "*a",
      "!t ",
      "#",
      "---\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          parse(pieces.join(""));
        } catch (error) {
          expect(error).toMatchObject({ code: "DOCUMENT_MALFORMED" });
        }
      }),
    );
  });
});

describe("printing", () => {
  const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes("__proto__"));

  test("gives back the value it printed", () => {
    fc.assert(
      fc.property(json, (value) => {
        const exact = JSON.parse(JSON.stringify(value), (_, part) =>
          typeof part === "number" ? Math.fround(part % 1e9) + 0 : part,
        );
        expect(parse(documents.print(exact))).toEqual(exact);
      }),
    );
  });

  test("folds no long line, shares no equal object and quotes what YAML 1.1 misreads", () => {
    const shared = { a: 1 };
    expect(documents.print({ text: "word ".repeat(60).trim(), one: shared, two: shared, country: "no" })).toBe(
      `text: ${"word ".repeat(60).trim()}\none:\n  a: 1\ntwo:\n  a: 1\ncountry: "no"\n`,
    );
  });

  test("refuses a number YAML of ours cannot carry", () => {
    expect(() => documents.print({ auc: Number.NaN })).toThrow("cannot carry NaN");
  });
});

describe("JSON", () => {
  const parseJson = (text: string) => parse(text, "candidate.json");

  test("reads what JSON can say", () => {
    const value = { a: [1, -0.5, 1e-7, true, null, 'x "y" \\ {[:,'], b: { c: "ü" } };
    expect(parseJson(JSON.stringify(value, undefined, 2))).toEqual(value);
  });

  test.each([
    ['{"a": NaN}', "candidate.json line 1: NaN is not JSON"],
    ['{\n"a": -Infinity}', "candidate.json line 2: -Infinity is not JSON"],
    ['{"a": 1e999}', "1e999 is not a finite number"],
    ['{"a": 1,\n "a": 2}', 'candidate.json line 2: the key "a" occurs twice'],
    ['{"a": 1, "\\u0061": 2}', "occurs twice"],
    ['{"__proto__": {}}', "__proto__"],
    ['{"\\u005f_proto__": {}}', "__proto__"],
    ["\uFEFF{}", "byte order mark"],
    ["{} {}", "not valid JSON"],
    ["{a: 1}", "not valid JSON"],
    ['{"a": 1,}', "not valid JSON"],
    ["", "not valid JSON"],
    ['{"id": 9007199254740993}', "larger than a number can hold exactly"],
  ])("refuses %j", (text, message) => {
    expect(() => parseJson(text)).toThrow(message);
  });

  test("refuses depth and length before parsing", () => {
    expect(() => parseJson("[".repeat(200_000))).toThrow("nested deeper than 64 levels");
    expect(() => parseJson(`"${"x".repeat(1_100_000)}"`)).toThrow("at most 1048576");
  });

  test("agrees with JSON.parse on every other value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes("__proto__") && !/\d{16}|e\+/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
