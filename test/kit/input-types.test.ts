import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import * as types from "#kit/input-types";
import { parseInputs } from "#kit/parse-inputs";

const parse = (schema: z.ZodType, value?: string) =>
  parseInputs({ name: "probe", inputs: { x: schema } }, { x: value }).x;

describe("an input arrives as text", () => {
  test("and a whole number keeps to its range", () => {
    expect(parse(types.integer({ min: 1 }), " 7 ")).toBe(7);
    for (const wrong of ["0", "1.5", "1e3", "0x10", "", "Infinity", "12 a", "9".repeat(16)]) {
      expect(() => parse(types.integer({ min: 1 }), wrong)).toThrow("expected a whole number, 1 or more");
    }
  });

  test("and a number may be decimal, signed or scientific, but finite", () => {
    expect([".5", "-1", "1e-3", "2."].map((value) => parse(types.decimal(), value))).toEqual([0.5, -1, 0.001, 2]);
    for (const wrong of ["NaN", "1e999", "1,5", "--1"])
      expect(() => parse(types.decimal(), wrong)).toThrow("expected a number");
  });

  test("and every finite number survives the way through text", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const roundTrip = fc.property(finite, (value) => {
      // Text has one zero: adding 0 makes -0 that one.
      expect(parse(types.decimal(), String(value))).toBe(value + 0);
    });
    fc.assert(roundTrip);
  });

  test("and a flag is spelled true or false, nothing else", () => {
    expect([parse(types.flag(), "true"), parse(types.flag(), "false")]).toEqual([true, false]);
    for (const wrong of ["True", "yes", "1", "on"])
      expect(() => parse(types.flag(), wrong)).toThrow("expected true or false");
  });

  test("and a list is separated by commas or lines, blanks left out", () => {
    expect(parse(types.list(), "a, b\r\n\n c,,")).toEqual(["a", "b", "c"]);
    expect(parse(types.list().prefault(""))).toEqual([]);
  });

  test("and a path holds no control character", () => {
    expect(parse(types.path(), "models/churn.onnx")).toBe("models/churn.onnx");
    expect(() => parse(types.path(), "a\0b")).toThrow("expected a path without control characters");
  });
});

test("a default of every kind shows in the JSON Schema of the input side", () => {
  const schema = z.object({
    text: types.text().prefault("t"),
    integer: types.integer().prefault("3"),
    decimal: types.decimal({ min: 0 }).prefault("0.5"),
    flag: types.flag().prefault("false"),
    choice: types.choice(["a", "b"]).prefault("b"),
    list: types.list().prefault("x,y"),
    path: types.path().prefault("."),
  });
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" });
  const defaults = Object.values(properties).map((each) => (each as { default?: unknown }).default);
  expect(defaults).toEqual(["t", "3", "0.5", "false", "b", "x,y", "."]);
});

test("a secret that is refused is not quoted", () => {
  const secret = types
    .secret()
    .pipe(z.string().min(20))
    .meta({ input: { kind: "text", secret: true } });
  expect(() => parse(secret, "hunter2")).toThrow(/^(?!.*hunter2)/);
});

test("a message written in the schema is kept", () => {
  expect(() => parse(types.text().regex(/^v/, { error: "expected a version such as v1" }), "1")).toThrow(
    'Input "x": expected a version such as v1, got "1".',
  );
});

test("a hostile value is quoted on one line and cut", () => {
  expect(() => parse(types.choice(["a"]), `\n::error::\u202e${"x".repeat(500)}`)).toThrow(
    /^Input "x": expected a, got "\\n::error::\\u\{202e\}x{1,80}…\. /,
  );
});
