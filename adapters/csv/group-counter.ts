import type { Group } from "#core/data/privacy/anonymity";
import type { AnonymityRequest } from "#core/data/survey";
import { lacking } from "./lacks.ts";
import type { TableReader } from "./read-table.ts";
import { keyText } from "./row-key.ts";

const MOST_ENTRIES = 2_000_000;

interface Counted {
  rows: number;
  readonly sensitive: Map<string, number>;
}

/** Rows per combination of the quasi-identifiers. */
export class GroupCounter implements TableReader {
  readonly #groups = new Map<string, Counted>();
  readonly #request: AnonymityRequest;
  #places: readonly number[] = [];
  #sensitivePlace = -1;
  #entries = 0;

  constructor(request: AnonymityRequest) {
    this.#request = request;
  }

  header(columns: readonly string[]): void {
    this.#places = this.#request.quasiIdentifiers.map((name) => columns.indexOf(name));
    this.#sensitivePlace = columns.indexOf(this.#request.sensitive ?? "");
  }

  row(values: readonly string[]): void {
    const key = keyText(this.#places.map((place) => values[place] ?? ""));
    const group = this.#groups.get(key) ?? this.#newGroup(key);
    group.rows += 1;
    const sensitive = values[this.#sensitivePlace] ?? "";
    if (sensitive === "") return;
    const known = group.sensitive.get(sensitive);
    if (known === undefined) this.#countEntry();
    group.sensitive.set(sensitive, (known ?? 0) + 1);
  }

  groups(): Iterable<Group> {
    return this.#groups.values();
  }

  #newGroup(key: string): Counted {
    this.#countEntry();
    const group: Counted = { rows: 0, sensitive: new Map() };
    this.#groups.set(key, group);
    return group;
  }

  #countEntry(): void {
    this.#entries += 1;
    if (this.#entries > MOST_ENTRIES)
      throw lacking("The quasi-identifiers make more groups than the CSV engine counts; DuckDB has no such limit.");
  }
}
