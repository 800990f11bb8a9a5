import { type AvroBytes, avroBytes } from "./avro-bytes.ts";
import { logicalType } from "./avro-logical.ts";

// Our own reader instead of the usual package: that one takes a list's length from the message on trust, so that a few
// damaged bytes ask for gigabytes, refuses whole numbers beyond 2^53, and makes code from schemas while running.

type Read = (bytes: AvroBytes) => unknown;
type Json = Readonly<Record<string, unknown>>;

interface Names {
  readonly known: Map<string, { read: Read }>;
  readonly namespace: string;
}

const PRIMITIVES: Readonly<Record<string, Read>> = {
  null: () => null,
  boolean: (bytes) => bytes.boolean(),
  int: (bytes) => bytes.integer(),
  long: (bytes) => bytes.integer(),
  float: (bytes) => bytes.float(),
  double: (bytes) => bytes.double(),
  bytes: (bytes) => base64(bytes.bytes()),
  string: (bytes) => bytes.text(),
};

/**
 * A reader of values written with this schema (Avro 1.12, JSON form); `references` are the schemas it names.
 * Unions give the value alone; bytes and fixed become base64. The reader throws what does not fit. Throws for a bad schema.
 */
export function avroReader(schema: unknown, references: readonly unknown[] = []): (content: Uint8Array) => unknown {
  const names: Names = { known: new Map(), namespace: "" };
  for (const reference of references) compile(reference, names);
  const read = compile(schema, names);
  return (content) => {
    const bytes = avroBytes(content);
    const value = read(bytes);
    if (!bytes.isAtEnd) throw new RangeError("bytes are left over");
    return value;
  };
}

function compile(schema: unknown, names: Names): Read {
  if (typeof schema === "string") return named(schema, names);
  if (Array.isArray(schema)) return union(schema.map((branch) => compile(branch, names)));
  if (typeof schema !== "object" || schema === null) throw new TypeError("not an Avro schema");
  return complex(schema as Json, names);
}

function named(name: string, { known, namespace }: Names): Read {
  const primitive = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined;
  const found = known.get(fullName(name, namespace)) ?? known.get(name);
  if (primitive !== undefined) return primitive;
  if (found === undefined) throw new TypeError("a type is used that the schema does not define");
  // Looked up when reading: a record may hold itself.
  return (bytes) => found.read(bytes);
}

function complex(schema: Json, names: Names): Read {
  const { type } = schema;
  switch (type) {
    case "record":
    case "error":
      return define(schema, names, (inner) => record(schema, inner));
    case "enum":
      return define(schema, names, () => symbol(listOf(schema["symbols"])));
    case "fixed":
      return define(schema, names, () => fixed(schema));
    case "array":
      return list(compile(schema["items"], names));
    case "map":
      return map(compile(schema["values"], names));
    default:
      return changed(compile(type, names), schema);
  }
}

function changed(read: Read, schema: Json): Read {
  const change = logicalType(schema);
  return change === undefined ? read : (bytes) => change(read(bytes));
}

/** Enters the name before the body is read, since the body may use it. */
function define(schema: Json, names: Names, body: (inner: Names) => Read): Read {
  const name = String(schema["name"]);
  const own = typeof schema["namespace"] === "string" ? schema["namespace"] : names.namespace;
  const full = fullName(name, own);
  const entry: { read: Read } = { read: unfinished };
  names.known.set(full, entry);
  entry.read = body({ known: names.known, namespace: full.split(".").slice(0, -1).join(".") });
  return entry.read;
}

function unfinished(): never {
  throw new TypeError("a type holds itself without end");
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}

function record(schema: Json, names: Names): Read {
  const fields = listOf(schema["fields"]).map((field) => {
    const { name, type } = field as Json;
    return [String(name), compile(type, names)] as const;
  });
  return (bytes) => Object.fromEntries(fields.map(([name, read]) => [name, read(bytes)]));
}

function symbol(symbols: readonly unknown[]): Read {
  return (bytes) => pick(symbols, bytes.index());
}

function union(branches: readonly Read[]): Read {
  return (bytes) => pick(branches, bytes.index())(bytes);
}

function fixed(schema: Json): Read {
  const size = Number(schema["size"]);
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError("a fixed type has no size");
  return changed((bytes) => base64(bytes.bytes(size)), schema);
}

function list(item: Read): Read {
  return (bytes) => blocks(bytes, item);
}

function map(value: Read): Read {
  return (bytes) => Object.fromEntries(blocks(bytes, () => [bytes.text(), value(bytes)] as const));
}

/** Items come in blocks; a negative count is followed by the block's size in bytes. An empty block ends. */
function blocks<Item>(bytes: AvroBytes, read: (bytes: AvroBytes) => Item): Item[] {
  const items: Item[] = [];
  for (let count = bytes.index(); count !== 0; count = bytes.index()) {
    const size = Math.abs(count);
    if (count < 0) bytes.index();
    bytes.spend(size);
    for (let at = 0; at < size; at += 1) items.push(read(bytes));
  }
  return items;
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError("a choice is not in the schema");
  return item;
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("the schema lacks a list");
  return value;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
