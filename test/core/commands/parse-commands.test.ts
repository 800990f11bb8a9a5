import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMANDS, mayAsk, type Verb } from "#core/commands/command";
import { parseCommands } from "#core/commands/parse-commands";

const verbs = (body: string) => parseCommands(body).map(({ verb }) => verb);

describe("a command (F-71)", () => {
  test.each([
    ["/model promote", "promote", []],
    ["/model PROMOTE", "promote", []],
    ["/model Rollback to 3f2a91c", "rollback", ["to", "3f2a91c"]],
    ["/model   rollback\tchurn  production  ", "rollback", ["churn", "production"]],
    ["/model promote please!", "promote", ["please!"]],
    ["/model", "help", []],
    ["/model   ", "help", []],
  ])("%j is read as %s", (body, verb, words) => {
    expect(parseCommands(body)).toMatchObject([{ verb, words }]);
  });

  test.each([
    "/modelx promote",
    "/models",
    "/Model promote",
    "model promote",
    "please /model promote",
    " /model promote",
    "    /model promote",
    "\t/model promote",
    "> /model promote",
    "- /model promote",
    "`/model promote`",
    "```\n/model promote\n```",
    "~~~\n/model promote\n~~~",
    "```sh\n/model promote",
    "  ````\n/model promote\n```\n/model promote\n  ````",
    "~~~\n```\n/model promote\n~~~",
    "/ model promote",
    "/model\u00a0promote",
    "",
  ])("is not in %j", (body) => {
    expect(verbs(body)).toEqual([]);
  });

  test("may follow a code block and a quotation", () => {
    expect(verbs("```\ncode\n```\n> said\n\n/model recheck\n")).toEqual(["recheck"]);
  });

  test("may stand on every line, whatever ends the lines", () => {
    expect(verbs("/model promote\r\ntext\r\n/model recheck\r\n")).toEqual(["promote", "recheck"]);
  });

  test("with an unknown verb is kept, to be answered", () => {
    expect(parseCommands("/model depromote now")).toEqual([{ verb: undefined, said: "depromote", words: ["now"] }]);
  });

  test.each(["constructor", "__proto__", "toString"])("/model %s is an unknown verb, not a surprise", (said) => {
    expect(verbs(`/model ${said}`)).toEqual([undefined]);
  });

  test("is read at most five times in one comment", () => {
    expect(parseCommands("/model promote\n".repeat(1_000))).toHaveLength(5);
  });

  test("is not in a code block that a fence with a word after it pretends to close", () => {
    expect(verbs("```\n``` js\n/model rollback\n```")).toEqual([]);
  });

  test("follows inline code that is written with three backticks", () => {
    expect(verbs("```wait```\n/model promote")).toEqual(["promote"]);
  });

  test("is not in an HTML comment, which nobody sees", () => {
    expect(verbs("<!--\n/model rollback\n-->\nThanks!")).toEqual([]);
  });
});

test("no text makes the parser throw or answer more than five commands", () => {
  const line = fc.oneof(fc.string(), fc.constantFrom("/model promote", "```", "~~~~", "> x", "/model"));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
      const found = parseCommands(lines.join(end));
      expect(found.length).toBeLessThanOrEqual(5);
      expect(found.every(({ words }) => words.every((word) => /^\S+$/.test(word.replace(/[^ \t\n\r]/g, "x"))))).toBe(
        true,
      );
    }),
  );
});

test("a role may ask for what its rank allows (F-70)", () => {
  const allowed = (["none", "read", "triage", "write", "maintain", "admin"] as const).map((role) =>
    (Object.keys(COMMANDS) as Verb[]).filter((verb) => mayAsk(verb, role)),
  );
  expect(allowed).toEqual([
    [],
    ["recheck", "help"],
    ["recheck", "help"],
    ["promote", "recheck", "help"],
    ["promote", "rollback", "resume", "recheck", "help"],
    ["promote", "rollback", "resume", "recheck", "help"],
  ]);
});
