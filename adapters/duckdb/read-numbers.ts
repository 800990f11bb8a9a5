import type { SortedColumn } from "#core/data/drift/sorted-column";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Relation } from "#core/data/sql/relation";
import type { Session } from "./session.ts";
import { sortNumbers } from "./sort-numbers.ts";
import type { TypedColumn } from "./typed-table.ts";

/** Arrays for as many columns as are read at once, used again for the next ones: memory is taken once. */
export class NumberArrays {
  readonly #rows: number;
  readonly #arrays: Float64Array[] = [];
  #spare: Float64Array | undefined;

  constructor(rows: number) {
    this.#rows = rows;
  }

  at(place: number): Float64Array {
    const array = this.#arrays[place] ?? new Float64Array(this.#rows);
    this.#arrays[place] = array;
    return array;
  }

  /** Sorted values may lie in the spare array, which takes the place of theirs. */
  sorted(place: number, length: number): Float64Array {
    const values = this.at(place);
    const spare = this.#spare ?? new Float64Array(this.#rows);
    const sorted = sortNumbers(values.subarray(0, length), spare);
    const isSwapped = sorted.buffer === spare.buffer;
    this.#arrays[place] = isSwapped ? spare : values;
    this.#spare = isSwapped ? values : spare;
    return sorted;
  }
}

/** The finite values in order; what is stored and not finite is missing. They lie in the arrays, so until the next reading. */
export async function readNumbers(
  relation: Relation,
  columns: readonly TypedColumn[],
  { session, arrays }: { readonly session: Session; readonly arrays: NumberArrays },
): Promise<ReadonlyMap<string, SortedColumn>> {
  if (columns.length === 0) return new Map();
  const readings = columns.map((_, at) => new Reading(arrays.at(at)));
  const sql = `SELECT ${columns.map(numberOf).join(", ")} FROM ${relation.from}`;
  await session.doubleColumns(sql, (chunk) => {
    for (const [at, reading] of readings.entries()) reading.add(chunk[at] ?? new Float64Array());
  });
  return new Map(
    columns.map(({ name }, at) => {
      const { rows, kept } = readings[at] ?? { rows: 0, kept: 0 };
      return [name, { name, values: arrays.sorted(at, kept), missing: rows - kept, infinite: 0 }];
    }),
  );
}

/** Missing is NaN, since the absence of a value is slow to ask for. */
function numberOf({ storedName, stored }: TypedColumn): string {
  const number = `TRY_CAST(${duckDbDialect.identifier(storedName)} AS DOUBLE)`;
  const finite = stored === "number" ? `CASE WHEN isfinite(${number}) THEN ${number} END` : number;
  return `coalesce(${finite}, 'NaN'::DOUBLE)`;
}

class Reading {
  readonly #values: Float64Array;
  rows = 0;
  kept = 0;

  constructor(values: Float64Array) {
    this.#values = values;
  }

  add(chunk: Float64Array): void {
    const values = this.#values;
    let kept = this.kept;
    for (let at = 0; at < chunk.length; at++) {
      const value = chunk[at] ?? Number.NaN;
      // Adding zero turns −0 into 0: a typed array sorts them apart, and nothing here may.
      if (!Number.isNaN(value)) values[kept++] = value + 0;
    }
    this.kept = kept;
    this.rows += chunk.length;
  }
}
