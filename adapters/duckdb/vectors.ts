import type { DuckDBDataChunk } from "@duckdb/node-api";

/**
 * A chunk's column of type DOUBLE without NULL, as the engine's own memory. `items` is the array itself, declared
 * private in 1.5.5; test/adapters/duckdb/vectors.test.ts fails when a later version has no such array.
 */
export function doublesOf(chunk: DuckDBDataChunk, at: number): Float64Array {
  const vector: object = chunk.getColumnVector(at);
  const items = "items" in vector ? vector.items : undefined;
  if (items instanceof Float64Array) return items.subarray(0, chunk.rowCount);
  throw new TypeError("A column of doubles has no array of doubles; this version of @duckdb/node-api is not known.");
}

/** A chunk's column of type UBIGINT without NULL, its bits as doubles. */
export function wordsOf(chunk: DuckDBDataChunk, at: number): Float64Array {
  const vector: object = chunk.getColumnVector(at);
  const items = "items" in vector ? vector.items : undefined;
  if (items instanceof BigUint64Array) return new Float64Array(items.buffer, items.byteOffset, chunk.rowCount);
  throw new TypeError("A column of 64-bit words has no array of them; this version of @duckdb/node-api is not known.");
}

/** A chunk's column of type VARCHAR; NULL is an empty text. */
export function textsOf(chunk: DuckDBDataChunk, at: number): readonly string[] {
  return chunk.getColumnValues(at).map((value) => (value === null ? "" : String(value)));
}
