import { parseExact } from "#core/data/collect/exact-json";
import type { PoisonReason } from "#core/data/collect/poison";
import type { Decoded, ValueDecoder } from "#core/ports/value-decoder";
import { avroReader } from "./avro-schema.ts";
import { type RegistryClient, type RegistryOptions, registryClient } from "./registry-client.ts";

const MAX_VALUE_BYTES = 16 * 1024 * 1024;
const HEADER_BYTES = 5;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Values that are JSON text. */
export function jsonDecoder(): ValueDecoder {
  return { decode: async (bytes) => bounded(bytes, readJson), description: "JSON" };
}

/**
 * Values in the schema registry's wire format: a zero byte, the schema's id in four bytes, the value as Avro or JSON.
 * A schema is asked for once. Bytes that do not fit are poison; a registry that is away is not, since every message
 * would be.
 */
export function registryDecoder(options: RegistryOptions): ValueDecoder {
  const client = registryClient(options);
  const readers = new Map<number, Promise<Reader>>();
  const readerOf = (id: number): Promise<Reader> => {
    const reader = readers.get(id) ?? loadReader(client, id);
    readers.set(id, reader);
    reader.catch(() => readers.delete(id));
    return reader;
  };
  return {
    description: `the schema registry at ${client.address}`,
    decode: async (bytes) => {
      if (bytes.length < HEADER_BYTES || bytes[0] !== 0) return poison("NOT_WIRE_FORMAT");
      const id = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
      const read = await readerOf(id);
      return bounded(bytes.subarray(HEADER_BYTES), read);
    },
  };
}

type Reader = (bytes: Uint8Array) => Decoded;

async function loadReader(client: RegistryClient, id: number): Promise<Reader> {
  const found = await client.schema(id);
  if (found === undefined) return () => poison("UNKNOWN_SCHEMA");
  if (found.type === "JSON") return readJson;
  if (found.type !== "AVRO") return () => poison("UNSUPPORTED_SCHEMA");
  try {
    const read = avroReader(parseSchema(found.schema), found.references.map(parseSchema));
    return (bytes) => readAvro(read, bytes);
  } catch {
    return () => poison("UNSUPPORTED_SCHEMA");
  }
}

/** A primitive type may stand for itself, without quotes. */
function parseSchema(text: string): unknown {
  return /^[a-z]+$/.test(text.trim()) ? text.trim() : JSON.parse(text);
}

function bounded(bytes: Uint8Array, read: Reader): Decoded {
  return bytes.length > MAX_VALUE_BYTES ? poison("TOO_LARGE") : read(bytes);
}

function readAvro(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Decoded {
  try {
    return { kind: "value", value: read(bytes) };
  } catch {
    return poison("BAD_BYTES");
  }
}

function readJson(bytes: Uint8Array): Decoded {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return poison("NOT_UTF8");
  }
  try {
    return { kind: "value", value: parseExact(text) };
  } catch {
    return poison("NOT_JSON");
  }
}

function poison(reason: PoisonReason): Decoded {
  return { kind: "poison", reason };
}
