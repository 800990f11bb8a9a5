import type { Column } from "#core/data/column";
import type { Reply } from "./messages.ts";

/** Puts columns together from the parts they come in. */
export class ColumnCollector {
  readonly #slices = new Map<string, Float64Array[]>();
  readonly #words = new Map<string, Column>();
  #names: readonly string[] = [];

  add(reply: Reply): void {
    if (reply.kind === "numbers") this.#slices.set(reply.name, [...(this.#slices.get(reply.name) ?? []), reply.values]);
    if (reply.kind === "words") {
      const { name, counts, missing } = reply;
      this.#words.set(name, { kind: "categorical", name, counts, missing });
    }
    if (reply.kind === "columns-read") this.#names = reply.names;
  }

  columns(): readonly Column[] {
    return this.#names.map((name) => {
      const column = this.#words.get(name);
      return column ?? { kind: "numeric", name, values: joined(this.#slices.get(name) ?? []) };
    });
  }
}

function joined(slices: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(slices.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const slice of slices) {
    values.set(slice, at);
    at += slice.length;
  }
  return values;
}
