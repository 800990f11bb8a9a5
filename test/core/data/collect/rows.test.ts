import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExact, printExact } from "#core/data/collect/exact-json";
import { type Cell, flatten, type Row } from "#core/data/collect/flatten";
import { csvHeader, csvLine, jsonLine, readJsonLine } from "#core/data/collect/table-lines";

const row = (value: unknown): Row => {
  const made = flatten(value);
  if (typeof made === "string") throw new Error(made);
  return made;
};

describe("a row", () => {
  test("is flat, its columns sorted whatever the message's order", () => {
    const one = row({ z: 1, a: { y: true, x: null }, list: [1, { b: 2 }], none: {} });
    const other = row({ none: {}, list: [1, { b: 2 }], a: { x: null, y: true }, z: 1 });
    expect([...one]).toEqual([
      ["a.x", null],
      ["a.y", true],
      ["list", '[1,{"b":2}]'],
      ["none", "{}"],
      ["z", 1],
    ]);
    expect(jsonLine(other)).toBe(jsonLine(one));
  });

  test("is not made of what is no object, too deep, too wide or named badly", () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: deep(depth - 1) });
    const deepList = (depth: number): unknown => (depth === 0 ? 1 : [deepList(depth - 1)]);
    expect(["x", 1, null, [1]].map(flatten)).toEqual(Array(4).fill("NOT_AN_OBJECT"));
    expect(flatten(deep(100_0))).toBe("TOO_DEEP");
    expect(flatten({ a: deepList(5_000) })).toBe("TOO_DEEP");
    expect(flatten(Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`c${n}`, n])))).toBe("TOO_WIDE");
    expect(flatten({ "a.b": 1, a: { b: 2 } })).toBe("COLUMN_CLASH");
    for (const name of ["", "a\u0000b", "a\nb", "x".repeat(300), "\ud800"])
      expect(flatten({ [name]: 1 })).toBe("BAD_COLUMN_NAME");
  });

  test("F-21 keeps names every object has, and the order of names that look like numbers", () => {
    const hostile = row(JSON.parse('{"__proto__":1,"constructor":{"prototype":2},"10":3,"9":4}'));
    expect(jsonLine(hostile)).toBe('{"10":3,"9":4,"__proto__":1,"constructor.prototype":2}');
    expect(readJsonLine(jsonLine(hostile)).get("__proto__")).toBe(1);
  });

  test("keeps whole numbers exact and says NaN as text", () => {
    const exact = row(parseExact('{"id":9007199254740993,"neg":-9223372036854775808,"x":1.5,"big":1e300}'));
    expect(jsonLine(exact)).toBe('{"big":1e+300,"id":9007199254740993,"neg":-9223372036854775808,"x":1.5}');
    expect(csvLine(exact, ["id", "neg"])).toBe("9007199254740993,-9223372036854775808");
    expect(jsonLine(row({ a: Number.NaN, b: Number.NEGATIVE_INFINITY }))).toBe('{"a":"NaN","b":"-Infinity"}');
  });

  test("comes back from its line", () => {
    const cell: fc.Arbitrary<Cell> = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    );
    // A letter first: an object would move names that look like numbers to its front.
    const column = fc.string().map((name) => `c${name}`);
    const cells = fc.uniqueArray(fc.tuple(column, cell), { selector: ([name]) => name });
    fc.assert(
      fc.property(cells, (made) => {
        const line = jsonLine(new Map(made));
        expect(line).not.toMatch(/[\r\n]/);
        expect([...readJsonLine(line)]).toEqual(made);
      }),
    );
  });
});

describe("a CSV line", () => {
  test("tells null from an empty text and quotes what needs it", () => {
    const cells = row({ a: null, b: "", c: 'say "hi", you\n', d: " x", e: false });
    expect(csvLine(cells, ["a", "b", "c", "d", "e", "missing"])).toBe(',"","say ""hi"", you\n"," x",false,');
    expect(csvHeader(["a,b", "c"])).toBe('"a,b",c');
  });

  test("of a single empty cell is not an empty line", () => {
    expect(csvLine(row({ a: null }), ["a"])).toBe('""');
  });
});

test("exact JSON prints what it reads", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(printExact(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
