import type { Anonymity } from "#core/data/privacy/anonymity";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import { namedColumns } from "#core/data/sql/relation";
import type { AnonymityRequest } from "#core/data/survey";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";

/**
 * The numbers of core/data/privacy/anonymity by a grouping of groups, which spills. Missing
 * quasi-identifiers are equal, missing sensitive values give nothing away. Null when a column is not there.
 */
export async function countAnonymity(
  table: Table,
  { quasiIdentifiers, sensitive, smallestGroup }: AnonymityRequest,
  session: Session,
): Promise<Anonymity | null> {
  const names = sensitive === undefined ? quasiIdentifiers : [...quasiIdentifiers, sensitive];
  const numbers = await table.ask(async (relation) => {
    const columns = namedColumns(relation, names, duckDbDialect);
    if (quasiIdentifiers.length === 0 || names.some((name) => !columns.has(name))) return undefined;
    const definitions = [...columns.values()].map(({ definition }) => definition).join(", ");
    const expression = (name: string) => columns.get(name)?.expression ?? "NULL";
    const keys = [...new Set(quasiIdentifiers.map(expression))].join(", ");
    const cell = [...new Set(names.map(expression))].join(", ");
    const rows = `(SELECT ${definitions} FROM ${relation.from}) AS read_values`;
    const cells = `(SELECT ${cell}, count(*) AS n FROM ${rows} GROUP BY ${cell}) AS cells`;
    const told = sensitive === undefined ? "FALSE" : `${expression(sensitive)} IS NOT NULL`;
    const sum = (term: string) => `sum(${term}) FILTER (WHERE ${told})`;
    const groups = `(SELECT sum(n) AS k, count(*) FILTER (WHERE ${told}) AS d, ln(${sum("n")}) - ${sum("n * ln(n)")} / ${sum("n")} AS e FROM ${cells} GROUP BY ${keys}) AS groups`;
    const small = `FILTER (WHERE k < ${Math.ceil(smallestGroup)})`;
    return session.numbers(
      `SELECT count(*), sum(k), min(k), count(*) ${small}, sum(k) ${small}, min(d) FILTER (WHERE d > 0), min(e) FROM ${groups}`,
    );
  });
  if (numbers === undefined) return null;
  const [groups = 0, rows = 0, k = null, small_groups = 0, small_rows = 0, distinct = null, entropy] = numbers;
  const l_entropy = entropy === undefined ? null : tenDigits(Math.exp(Math.max(0, entropy)));
  return { groups, rows, k, small_groups, small_rows, l_distinct: distinct, l_entropy };
}

// A sum's last digits depend on its order.
function tenDigits(value: number): number {
  return Number(value.toPrecision(10));
}
