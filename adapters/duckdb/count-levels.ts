import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { namedColumns, type Relation } from "#core/data/sql/relation";
import type { ColumnPart } from "./column-part.ts";
import type { Session } from "./session.ts";

export const MAX_LEVELS = 100_000;

type Words = Extract<ColumnPart, { kind: "words" }>;

/** Rows per value of each column. The estimate, at most a third off, only spares counting what has far too many values. */
export async function countLevels(
  relation: Relation,
  names: readonly string[],
  session: Session,
): Promise<readonly Words[]> {
  const columns = namedColumns(relation, names, duckDbDialect);
  const texts = [...columns.values()].map(({ expression }) => duckDbDialect.text(expression));
  const definitions = [...columns.values()].map(({ definition }) => definition);
  const from = `(SELECT ${definitions.join(", ")} FROM ${relation.from}) AS read_values`;
  const asked = texts.flatMap((text) => [`count(${text})`, `approx_count_distinct(${text})`]);
  const numbers = await session.numbers(`SELECT ${["count(*)", ...asked].join(", ")} FROM ${from}`);
  const isCounted = (at: number) => (numbers[2 + 2 * at] ?? 0) <= 2 * MAX_LEVELS;
  const counted = names.flatMap((name, at) => (isCounted(at) ? [{ name, text: texts[at] ?? "NULL" }] : []));
  const levels = await levelsOf(counted, from, session);
  return names.map((name, at) => {
    const present = numbers[1 + 2 * at] ?? 0;
    const counts = levels.get(name);
    const told = counts === undefined || counts.size > MAX_LEVELS ? new Map([["", present]]) : counts;
    return { kind: "words", name, counts: told, missing: (numbers[0] ?? 0) - present };
  });
}

interface CountedColumn {
  readonly name: string;
  readonly text: string;
}

/** All columns in one scan. Each row of the answer belongs to the one column that is grouped in it. */
async function levelsOf(columns: readonly CountedColumn[], from: string, session: Session) {
  const levels = new Map(columns.map(({ name }) => [name, new Map<string, number>()]));
  if (columns.length === 0) return levels;
  const texts = columns.map(({ text }, at) => `${text} AS t${at}`);
  const keys = columns.map((_, at) => `t${at}`);
  const sets = keys.map((key) => `(${key})`).join(", ");
  const group = keys.map((key, at) => `WHEN GROUPING(${key}) = 0 THEN ${at}`).join(" ");
  const value = `CASE ${keys.map((key) => `WHEN GROUPING(${key}) = 0 THEN ${key}`).join(" ")} END`;
  const sql = `SELECT CAST(CASE ${group} END AS VARCHAR), ${value}, CAST(count(*) AS VARCHAR) FROM (SELECT ${texts.join(", ")} FROM ${from}) AS words GROUP BY GROUPING SETS (${sets})`;
  await session.textColumns(sql, ([places = [], values = [], counts = []]) => {
    for (const [row, place] of places.entries()) {
      const text = values[row] ?? "";
      if (text !== "") levels.get(columns[Number(place)]?.name ?? "")?.set(text, Number(counts[row]));
    }
  });
  return levels;
}
