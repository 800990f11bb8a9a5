import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { avroReader } from "#adapters/kafka/avro-schema";
import { jsonDecoder, registryDecoder } from "#adapters/kafka/decoder";
import { fakeRegistry } from "./fake-registry.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const poison = (reason: string) => ({ kind: "poison", reason });

describe("JSON values", () => {
  test("are read exactly", async () => {
    const { decode } = jsonDecoder();
    expect(await decode(bytes('{"id":9007199254740993}'))).toEqual({ kind: "value", value: { id: 9007199254740993n } });
  });

  test("F-11 that cannot be read are poison", async () => {
    const { decode } = jsonDecoder();
    expect(await decode(bytes(""))).toEqual(poison("NOT_JSON"));
    expect(await decode(bytes('{"a":'))).toEqual(poison("NOT_JSON"));
    expect(await decode(new Uint8Array([0x22, 0xff, 0x22]))).toEqual(poison("NOT_UTF8"));
    expect(await decode(new Uint8Array(17 * 1024 * 1024))).toEqual(poison("TOO_LARGE"));
    const deep = await decode(bytes(`${"[".repeat(200_000)}9007199254740993${"]".repeat(200_000)}`));
    expect(deep.kind === "value" || deep.reason === "NOT_JSON").toBe(true);
  });
});

const CLICK = {
  type: "record",
  name: "Click",
  namespace: "shop",
  fields: [
    { name: "id", type: "long" },
    { name: "ok", type: "boolean" },
    { name: "score", type: "double" },
    { name: "ratio", type: "float" },
    { name: "note", type: ["null", "string"] },
    { name: "kind", type: { type: "enum", name: "Kind", symbols: ["A", "B"] } },
    { name: "again", type: "Kind" },
    { name: "tags", type: { type: "array", items: "string" } },
    { name: "sizes", type: { type: "map", values: "int" } },
    { name: "inner", type: { type: "record", name: "Inner", fields: [{ name: "next", type: ["null", "Inner"] }] } },
  ],
} as const;

describe("Avro values of the schema registry", () => {
  test("are read as another package wrote them", async () => {
    const registry = await fakeRegistry();
    const id = await registry.register(CLICK);
    const { decode } = registryDecoder({ url: registry.url });
    const click = fc.record({
      // Beyond this the other package writes odd numbers wrong.
      id: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }).map((n) => n * 2 ** 20 + 1),
      ok: fc.boolean(),
      score: fc.double({ noNaN: true }),
      ratio: fc.float({ noNaN: true }),
      note: fc.option(fc.string()),
      kind: fc.constantFrom("A", "B"),
      again: fc.constantFrom("A", "B"),
      tags: fc.array(fc.string()),
      sizes: fc.dictionary(fc.string(), fc.integer()),
      inner: fc.constantFrom({ next: null }, { next: { next: null } }),
    });
    // Its encoder wraps no branch of these unions; the maps it reads have no prototype either.
    await fc.assert(
      fc.asyncProperty(click, async (value) => {
        const decoded = await decode(await registry.encode(id, value));
        expect(JSON.stringify(decoded)).toBe(JSON.stringify({ kind: "value", value }));
      }),
      { numRuns: 50 },
    );
    expect(registry.asked.filter((path) => path === `/schemas/ids/${id}`).length).toBeLessThanOrEqual(51);
  });

  test("F-11 unknown ids, foreign formats and bytes that do not fit are poison", async () => {
    const registry = await fakeRegistry();
    const id = await registry.register(CLICK);
    const proto = await registry.register('syntax = "proto3";', { type: "PROTOBUF" });
    const broken = await registry.register({ type: "record", name: "X", fields: [{ name: "a", type: "nowhere.Y" }] });
    const json = await registry.register({ type: "object" }, { type: "JSON" });
    const { decode } = registryDecoder({ url: registry.url });
    const value = (schema: number, rest: readonly number[]) => new Uint8Array([0, 0, 0, 0, schema, ...rest]);
    expect(await decode(value(77, [1]))).toEqual(poison("UNKNOWN_SCHEMA"));
    expect(await decode(value(77, [2]))).toEqual(poison("UNKNOWN_SCHEMA"));
    expect(registry.asked.filter((path) => path.endsWith("/77"))).toHaveLength(1);
    expect(await decode(value(proto, [1]))).toEqual(poison("UNSUPPORTED_SCHEMA"));
    expect(await decode(value(broken, [1]))).toEqual(poison("UNSUPPORTED_SCHEMA"));
    expect(await decode(value(json, [...bytes('{"a":1}')]))).toEqual({ kind: "value", value: { a: 1 } });
    expect(await decode(bytes("{}"))).toEqual(poison("NOT_WIRE_FORMAT"));
    expect(await decode(new Uint8Array())).toEqual(poison("NOT_WIRE_FORMAT"));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (rest) => {
        expect(["value", "poison"]).toContain((await decode(value(id, [...rest]))).kind);
      }),
      { numRuns: 500 },
    );
  });

  test("a damaged length asks for no memory and no time", () => {
    const read = avroReader({ type: "array", items: "null" });
    expect(() => read(new Uint8Array([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]))).toThrow(RangeError);
    const long = avroReader({ type: "array", items: "long" });
    expect(() => long(new Uint8Array([0xfe, 0xff, 0x3f, 2, 4]))).toThrow("too early");
    expect(() => avroReader("string")(new Uint8Array([0xfe, 0xff, 0xff, 0xff, 0x0f]))).toThrow("too early");
    expect(() => avroReader("int")(new Uint8Array([2, 2]))).toThrow("left over");
  });

  test("keep all 64 bits of a long, and show logical types for people", () => {
    expect(avroReader("long")(new Uint8Array([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe(
      2n ** 63n - 1n,
    );
    expect(avroReader("long")(new Uint8Array([...Array(9).fill(0xff), 0x01]))).toBe(-(2n ** 63n));
    expect(avroReader({ type: "int", logicalType: "date" })(new Uint8Array([2]))).toBe("1970-01-02");
    expect(avroReader({ type: "long", logicalType: "timestamp-micros" })(new Uint8Array([1]))).toBe(
      "1969-12-31T23:59:59.999999Z",
    );
    const price = { type: "bytes", logicalType: "decimal", precision: 9, scale: 2 };
    expect(avroReader(price)(new Uint8Array([4, 0xff, 0x38]))).toBe("-2.00");
    expect(avroReader(price)(new Uint8Array([2, 5]))).toBe("0.05");
  });

  test("may use types of other subjects", async () => {
    const registry = await fakeRegistry();
    registry.subject("user", { type: "record", name: "shop.User", fields: [{ name: "name", type: "string" }] });
    const schema = { type: "record", name: "shop.Order", fields: [{ name: "by", type: "User" }] };
    const id = await registry.register(schema, { references: [{ name: "shop.User", subject: "user", version: 1 }] });
    const { decode } = registryDecoder({ url: registry.url });
    expect(await decode(new Uint8Array([0, 0, 0, 0, id, 4, 0x65, 0x76]))).toEqual({
      kind: "value",
      value: { by: { name: "ev" } },
    });
  });

  test("a registry that is away for a moment is asked again; one that stays away is no poison", async () => {
    const registry = await fakeRegistry();
    const id = await registry.register("string");
    const value = new Uint8Array([0, 0, 0, 0, id, 2, 0x61]);
    registry.fail(503, 2);
    expect(await registryDecoder({ url: registry.url }).decode(value)).toEqual({ kind: "value", value: "a" });
    registry.fail(503, 100);
    const decoder = registryDecoder({ url: registry.url, retries: 1 });
    await expect(decoder.decode(value)).rejects.toMatchObject({ code: "REGISTRY_UNAVAILABLE" });
    registry.fail(401, 1);
    await expect(decoder.decode(value)).rejects.toMatchObject({ code: "REGISTRY_REFUSED" });
    // A wrong path answers 404 to everything; that must not make every message poison.
    registry.fail(404, 2);
    await expect(decoder.decode(value)).rejects.toMatchObject({ code: "REGISTRY_UNAVAILABLE" });
    registry.fail(0, 0);
    expect(await decoder.decode(value)).toEqual({ kind: "value", value: "a" });
  });
});
