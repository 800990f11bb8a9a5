import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inertLine, visibleJson, visibleLine } from "#kit/visible";
import { liveCommands } from "./support/github-step.ts";

/** Text as an attacker would write it: pieces of commands, breaks, white space and anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom("::", ":", "#", "##[", "##", "[", "\n", "\r", "\r\n", " ", "\t", "\u00a0", "\u0085", "\u2028"),
      fc.constantFrom("warning", "set-output name=x", "add-mask", "stop-commands", "%0A", "%3A", "\u001b[2J", "\u202e"),
      fc.string({ unit: "binary" }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(""));

describe("a line of the GitHub log", () => {
  test("never holds a command, whatever the text", () => {
    const inert = fc.property(hostile, (text) => {
      expect(liveCommands(inertLine(text))).toEqual([]);
    });
    fc.assert(inert, { numRuns: 2000 });
  });

  test("stays one line, whatever the text", () => {
    const single = fc.property(hostile, (text) => {
      expect(inertLine(text)).not.toMatch(/(?!\t)[\p{Cc}\u2028\u2029]/u);
    });
    fc.assert(single);
  });

  test("leaves ordinary text as it is", () => {
    for (const text of ["recall fell by 0.02 (a::b)", "Größe: 3 µm, 模型, 🙂", "\tindented", "100 %"]) {
      expect(inertLine(text)).toBe(text);
    }
  });

  test("shows what was neutralised", () => {
    expect(inertLine("::error::x")).toBe("%3A:error::x");
    expect(inertLine(" \u00a0::error::x")).toBe(" \u00a0%3A:error::x");
    expect(inertLine("see ##[group]y")).toBe("see ##%5Bgroup]y");
    expect(inertLine("a\r\nb\rc")).toBe("a%0Ab%0Ac");
  });
});

test("overrides of the writing direction and terminal controls are spelled out", () => {
  expect(visibleLine("safe\u202etxt.exe\u001b[2K\u0000\u200b")).toBe("safe\\u{202e}txt.exe\\u{1b}[2K\\u{0}\\u{200b}");
});

test("visible JSON parses to the value it shows and holds no control character", () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, hostile), (value) => {
      const json = visibleJson(value);
      expect(json).not.toMatch(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
