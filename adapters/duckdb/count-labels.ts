import type { LabelBuckets } from "#core/data/leakage/label-buckets";
import { labelTold } from "#core/data/leakage/label-told";
import { duckDbDialect } from "#core/data/sql/duckdb-dialect";
import type { Session } from "./session.ts";
import type { Table } from "./table.ts";
import type { TypedColumn, TypedColumns } from "./typed-table.ts";

export interface BucketedColumn {
  readonly name: string;
  readonly buckets: LabelBuckets;
}

export interface LabelTeller {
  /** How much of the label each column tells, in one scan of all of them. */
  tell(columns: readonly BucketedColumn[]): Promise<readonly (number | null)[]>;
}

interface Telling {
  readonly label: string | undefined;
  readonly types: TypedColumns;
  readonly session: Session;
}

// With more classes there is nothing to tell, see labelTold.
const MOST_CLASSES = 20;

export async function labelTeller(table: Table, { label, types, session }: Telling): Promise<LabelTeller> {
  const column = label === undefined ? undefined : types.get(label);
  const text = column === undefined ? undefined : textOf(column);
  const isTold = text !== undefined && (await hasClasses(table, text, session));
  if (text === undefined || !isTold) return { tell: async (columns) => columns.map(() => null) };
  return {
    tell: async (columns) => {
      const bucketed = columns.flatMap(({ name, buckets }, at) => {
        const found = types.get(name);
        return found === undefined || name === label || buckets.kind === "none"
          ? []
          : [{ at, bucket: bucketOf(found, buckets) }];
      });
      const joint = await countJoint(
        table,
        bucketed.map(({ bucket }) => bucket),
        { text, session },
      );
      const told = new Map(bucketed.map(({ at }, place) => [at, labelTold(joint[place]?.values() ?? [])]));
      return columns.map((_, at) => told.get(at) ?? null);
    },
  };
}

async function hasClasses(table: Table, text: string, session: Session): Promise<boolean> {
  const classes = await table.ask(({ from }) =>
    session.numbers(
      `SELECT count(*) FROM (SELECT ${text} AS l FROM ${from} WHERE ${text} IS NOT NULL GROUP BY l LIMIT ${MOST_CLASSES + 1}) AS classes`,
    ),
  );
  return (classes[0] ?? 0) > 1 && (classes[0] ?? 0) <= MOST_CLASSES;
}

type Joint = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** By bucket, rows per class; a missing value is a bucket of its own, a missing label is left out. */
async function countJoint(
  table: Table,
  buckets: readonly string[],
  { text, session }: { readonly text: string; readonly session: Session },
): Promise<readonly Joint[]> {
  const joint = buckets.map(() => new Map<string, Map<string, number>>());
  if (buckets.length === 0) return joint;
  const keys = buckets.map((_, at) => `b${at}`);
  const place = keys.map((key, at) => `WHEN GROUPING(${key}) = 0 THEN ${at}`).join(" ");
  const value = keys.map((key) => `WHEN GROUPING(${key}) = 0 THEN ${key}`).join(" ");
  const sets = keys.map((key) => `(${key}, l)`).join(", ");
  const defined = buckets.map((bucket, at) => `${bucket} AS b${at}`).join(", ");
  await table.ask(async ({ from }) => {
    for (const each of joint) each.clear();
    const rows = `(SELECT ${defined}, ${text} AS l FROM ${from}) AS bucketed WHERE l IS NOT NULL`;
    const sql = `SELECT CAST(CASE ${place} END AS VARCHAR), CASE ${value} END, l, CAST(count(*) AS VARCHAR) FROM ${rows} GROUP BY GROUPING SETS (${sets})`;
    await session.textColumns(sql, ([places = [], names = [], labels = [], counts = []]) => {
      for (const [row, at] of places.entries()) {
        const column = joint[Number(at)];
        const bucket = column?.get(names[row] ?? "") ?? new Map<string, number>();
        column?.set(names[row] ?? "", bucket.set(labels[row] ?? "", Number(counts[row])));
      }
    });
  });
  return joint;
}

function textOf({ storedName, stored }: TypedColumn): string {
  const identifier = duckDbDialect.identifier(storedName);
  return stored === "text" ? `NULLIF(${identifier}, '')` : duckDbDialect.text(identifier);
}

function bucketOf(column: TypedColumn, buckets: Exclude<LabelBuckets, { kind: "none" }>): string {
  if (buckets.kind === "values") return textOf(column);
  const number = `TRY_CAST(${duckDbDialect.identifier(column.storedName)} AS DOUBLE)`;
  const search = binOf(number, buckets.edges);
  return `CASE WHEN isfinite(${number}) THEN CAST(${search} AS VARCHAR) END`;
}

/** The place of the first edge that is not below the number, found by halving: 50 edges in 6 comparisons. */
function binOf(number: string, edges: readonly number[], before = 0): string {
  const middle = edges.length >>> 1;
  const edge = edges[middle];
  if (edge === undefined) return String(before);
  const [low, high] = [edges.slice(0, middle), edges.slice(middle + 1)];
  const isLow = `${number} <= ${duckDbDialect.number(edge)}`;
  return `CASE WHEN ${isLow} THEN ${binOf(number, low, before)} ELSE ${binOf(number, high, before + middle + 1)} END`;
}
