import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metricsTexts } from "#adapters/metrics-files/metrics-texts";
import { UserError } from "#core/errors";

const { csv, toml } = metricsTexts();

describe("TOML", () => {
  test("reads tables, lists of tables, dotted and quoted keys, and values on one line", () => {
    const text = [
      'title = "a \\"b\\" # no comment" # a comment',
      "day = 2024-01-31",
      "test.rmse = +1_000.5e-1",
      "'mAP50-95(B)' = 0.5",
      "curve = [1, 2.5, 'x, y']",
      'spread = {value = 0.9, "std" = 0.1}',
      "ok = true",
      "[eval . slices]",
      "n=3",
      "[[models]]",
      'name = "a"',
      "[[models]]",
      'name = "b"',
    ].join("\r\n");
    expect(toml(text, "metrics.toml")).toEqual({
      title: 'a "b" # no comment',
      day: "2024-01-31",
      test: { rmse: 100.05 },
      "mAP50-95(B)": 0.5,
      curve: [1, 2.5, "x, y"],
      spread: { value: 0.9, std: 0.1 },
      ok: true,
      eval: { slices: { n: 3 } },
      models: [{ name: "a" }, { name: "b" }],
    });
  });

  test.each([
    ["a = 1\na = 2", "line 2: the key a occurs twice"],
    ["[a]\nb = 1\n[a]\nc = 1", "line 3: the table a occurs twice"],
    ["a = 1\n[a]\nb = 1", "line 2: the key a occurs twice"],
    ["a = nan", "line 1: nan is not a finite number"],
    ["a = 1e999", "line 1: 1e999 is not a finite number"],
    ["__proto__ = 1", 'line 1: the key "__proto__" is not allowed'],
    ["[__proto__]\nx = 1", 'line 1: the key "__proto__" is not allowed'],
    ["a = {__proto__ = 1}", "line 1: an inline table cannot be read"],
    ['a = """', "line 1: text over several lines is not read"],
    ["a = [\n1]", "line 1: a list or an inline table ends on the line it starts on"],
    ["a = 1 2", "line 1: the value 1 2 cannot be read"],
    ["a = 012", "line 1: the value 012 cannot be read"],
    ["a b = 1", "line 1: the key a b cannot be read"],
    ["just text", "line 1: expected a table or key = value"],
    ["[a]]\nb = 1", "line 1"],
    [`${"a.".repeat(200)}b = 1`, "line 1: nested deeper than 32 levels"],
    [`a = "${"x".repeat(300_000)}"`, "at most 262144 are read"],
  ])("refuses %j", (text, message) => {
    expect(() => toml(text, "metrics.toml")).toThrow(message);
    expect(() => toml(text, "metrics.toml")).toThrow(expect.objectContaining({ code: "DOCUMENT_MALFORMED" }));
  });

  test("never ends in anything but a value or a UserError", () => {
    const piece = fc.constantFrom(
      "a",
      ".",
      " = ",
      '"',
      "'",
      "[",
      "]",
      "{",
      "}",
      ",",
      "1",
      "\n",
      "#",
      "\\",
      " ",
      "true",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          toml(pieces.join(""), "metrics.toml");
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("CSV", () => {
  test("reads commas, semicolons and tabs, quotes, and a byte order mark", () => {
    expect(csv('\uFEFFa,"b,c"\n1,2\n\n', "m.csv")).toEqual([
      ["a", "b,c"],
      ["1", "2"],
    ]);
    expect(csv("a;b\n1;2\n", "m.csv")).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(csv("a\tb, c\n1\t2\n", "m.csv")).toEqual([
      ["a", "b, c"],
      ["1", "2"],
    ]);
  });

  test.each([
    ["", "m.csv: the file is empty"],
    ["a,a\n1,2\n", 'm.csv line 1: two columns are named "a"'],
    ["a,b\n1\n", "m.csv line 2"],
    ['a,b\n"1,2\n', "m.csv"],
  ])("refuses %j", (text, message) => {
    expect(() => csv(text, "m.csv")).toThrow(message);
    expect(() => csv(text, "m.csv")).toThrow(expect.objectContaining({ code: "DOCUMENT_MALFORMED" }));
  });
});
