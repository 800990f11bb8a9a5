import { type CategoricalColumn, MOST_LEVELS, NOTHING_UNTOLD, ROWS_SAMPLED } from "#core/data/column";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { namedColumns, type Relation } from "#core/data/sql/relation";
import { countDistinct } from "./count-distinct.ts";
import type { NumberArrays } from "./read-numbers.ts";
import type { Session } from "./session.ts";

export interface Counting {
  readonly session: Session;
  /** For as many values as the table has rows. */
  readonly arrays: NumberArrays;
}

/** Rows per value of each column, and exact totals of those with more than 100,000 values. */
export async function countLevels(
  relation: Relation,
  names: readonly string[],
  { session, arrays }: Counting,
): Promise<ReadonlyMap<string, CategoricalColumn>> {
  if (names.length === 0) return new Map();
  const columns = [...namedColumns(relation, names, duckDbDialect)].map(([name, { expression, definition }]) => ({
    name,
    text: duckDbDialect.text(expression),
    definition,
  }));
  const from = `(SELECT ${columns.map(({ definition }) => definition).join(", ")} FROM ${relation.from}) AS read_values`;
  const asked = columns.flatMap(({ text }) => [`count(${text})`, `approx_count_distinct(${text})`]);
  const [rows = 0, ...numbers] = await session.numbers(`SELECT ${["count(*)", ...asked].join(", ")} FROM ${from}`);
  // The estimate, at most a third off, only spares listing what has far too many values; it is never told.
  const few = columns.filter((_, at) => (numbers[2 * at + 1] ?? 0) <= 2 * MOST_LEVELS);
  const levels = await levelsOf(few, from, session);
  const counted = new Map<string, CategoricalColumn>();
  for (const [at, column] of columns.entries()) {
    const present = numbers[2 * at] ?? 0;
    const found = levels.get(column.name);
    const values = found?.size ?? (await distinctOf(column, present, { session, arrays, from }));
    const counts = found?.counts ?? new Map<string, number>();
    const isTold = values === counts.size;
    const untold = isTold ? NOTHING_UNTOLD : { values, rows: present, sample: await sampleOf(column, from, session) };
    counted.set(column.name, { kind: "categorical", name: column.name, counts, missing: rows - present, untold });
  }
  return counted;
}

interface CountedColumn {
  readonly name: string;
  readonly text: string;
}

async function sampleOf({ text }: CountedColumn, from: string, session: Session): Promise<readonly string[]> {
  const first = await session.texts(`SELECT ${text} FROM ${from} WHERE ${text} IS NOT NULL LIMIT ${ROWS_SAMPLED}`);
  return [...new Set(first.map(([value = ""]) => value))];
}

function distinctOf({ text }: CountedColumn, present: number, { from, ...counting }: Counting & { from: string }) {
  return countDistinct(`(SELECT ${text} AS t FROM ${from} WHERE ${text} IS NOT NULL) AS texts`, present, counting);
}

/** The values of one column, counted to the end but kept only while they are few enough to tell. */
class Levels {
  size = 0;
  counts = new Map<string, number>();

  add(value: string, rows: number): void {
    this.size += 1;
    if (this.size <= MOST_LEVELS) this.counts.set(value, rows);
    else this.counts = new Map();
  }
}

/** All columns in one scan and one grouping: a grouping of its own for each would take megabytes for every column. */
async function levelsOf(columns: readonly CountedColumn[], from: string, session: Session) {
  const levels = columns.map(() => new Levels());
  if (columns.length === 0) return new Map<string, Levels>();
  const places = columns.map((_, at) => `'${at}'`).join(", ");
  const texts = columns.map(({ text }) => text).join(", ");
  const sql =
    columns.length === 1
      ? `SELECT '0', ${texts} AS t, CAST(count(*) AS VARCHAR) FROM ${from} GROUP BY t`
      : `SELECT place, t, CAST(count(*) AS VARCHAR) FROM (SELECT unnest([${places}]) AS place, unnest([${texts}]) AS t FROM ${from}) AS words GROUP BY place, t`;
  await session.textColumns(sql, ([places = [], values = [], counts = []]) => {
    for (const [row, at] of places.entries()) {
      const text = values[row] ?? "";
      if (text !== "") levels[Number(at)]?.add(text, Number(counts[row]));
    }
  });
  return new Map(columns.map(({ name }, at) => [name, levels[at] ?? new Levels()]));
}
