import { describe, expect, test } from "vitest";
import { passesLuhn, passesMod97 } from "#core/data/privacy/check-digits";
import { detectPersonalData } from "#core/data/privacy/detect-personal-data";
import { seededRandom } from "#core/random";

const found = (name: string, values: readonly string[]) => detectPersonalData({ name, values })?.kind;

// Published examples: the card schemes' test numbers, the IBAN registry's examples, documentation addresses.
const EXAMPLES = {
  "e-mail address": ["ada@example.org", "grace.hopper+x@mail.example.co.uk"],
  "card number": ["4111 1111 1111 1111", "5555555555554444", "378282246310005"],
  "bank account (IBAN)": ["GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000", "FR1420041010050500013M02606"],
  "national identity number": ["078-05-1120", "AB123456C", "811228-9874"],
  "phone number": ["+1 (212) 555-0100", "+44 20 7946 0018", "030-1234567"],
  "IP address": ["192.0.2.17", "2001:db8::1", "203.0.113.255"],
} as const;

test.each(Object.entries(EXAMPLES))("%s is known by its values under any name", (kind, values) => {
  expect(found("column_7", values)).toBe(kind);
});

describe("a name alone", () => {
  test.each([
    ["first_name", "person's name"],
    ["customerLastName", "person's name"],
    ["date_of_birth", "date of birth"],
    ["STREET", "postal address"],
  ])("%s says %s", (name, kind) => {
    expect(found(name, ["x"])).toBe(kind);
  });

  test.each(["name", "species", "filename", "postcard", "model_name", "email_count"])("%s says nothing", (name) => {
    expect(found(name, ["12", "15"])).toBeUndefined();
  });
});

describe("plain data is left alone", () => {
  const random = seededRandom(9);
  const many = (make: (draw: () => number) => string) => Array.from({ length: 500 }, () => make(random));

  test.each([
    ["16 digits of chance", many((draw) => `4${String(Math.floor(draw() * 1e15)).padStart(15, "0")}`)],
    ["numbers", many((draw) => (draw() * 1e6).toFixed(3))],
    ["negative numbers", many((draw) => (-draw() * 1e8).toFixed(6))],
    ["dates", many((draw) => `20${10 + Math.floor(draw() * 9)}-01-${10 + Math.floor(draw() * 19)}`)],
    ["times", many((draw) => `${10 + Math.floor(draw() * 9)}:15:${10 + Math.floor(draw() * 49)}`)],
    ["moments", many((draw) => `20${10 + Math.floor(draw() * 9)}-01-12T10:15:${10 + Math.floor(draw() * 49)}Z`)],
    ["versions", many((draw) => `${Math.floor(draw() * 9)}.${Math.floor(draw() * 90)}.${Math.floor(draw() * 9)}`)],
    ["integers", many((draw) => String(Math.floor(draw() * 1e9)))],
    ["thousands apart", many((draw) => `${10 + Math.floor(draw() * 89)} ${100 + Math.floor(draw() * 899)} 000`)],
    ["words", ["Canada goose", "gull", "A-320", "B-737-800"]],
    ["nothing", []],
  ])("%s", (_, values) => {
    expect(found("x", values)).toBeUndefined();
  });
});

test("a name that agrees makes a doubtful form sure", () => {
  const values = [...EXAMPLES["phone number"], "unknown", "none", "n/a", "ask again"];
  expect(found("contact", values)).toBeUndefined();
  expect(found("phone", values)).toBe("phone number");
});

test("what is told holds no value of the column", () => {
  const told = detectPersonalData({ name: "x", values: EXAMPLES["e-mail address"] });
  expect(told).toEqual({ column: "x", kind: "e-mail address", score: 1, matched: 2, checked: 2, named: false });
});

test("only so many values are taken from an endless source", () => {
  function* endless() {
    for (;;) yield "ada@example.org";
  }
  expect(detectPersonalData({ name: "x", values: endless() }, { sampleSize: 10 })?.checked).toBe(10);
});

test("values made to stall a pattern are passed over in no time", () => {
  const hostile = ["a@", "1-", "a.", "1:", "1 ", "(1", "aa@a."].map((piece) => piece.repeat(50_000));
  expect(found("x", [...hostile, ...hostile.map((text) => text.slice(0, 100))])).toBeUndefined();
});

test("check digits notice one wrong digit", () => {
  expect([passesLuhn("4111111111111111"), passesLuhn("4111111111111112"), passesLuhn("")]).toEqual([
    true,
    false,
    false,
  ]);
  expect([passesMod97("GB29NWBK60161331926819"), passesMod97("GB28NWBK60161331926819")]).toEqual([true, false]);
  expect(passesMod97("GB29-NWBK")).toBe(false);
});
