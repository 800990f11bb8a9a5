import type { SqlDialect } from "./dialect.ts";
import type { Relation } from "./relation.ts";
import { ROW_NUMBER } from "./tested-rows.ts";

/** What a check of keys reads. */
export interface KeyRelations {
  readonly table: Relation;
  /** The other file of `exists-in`. */
  readonly other?: Relation | undefined;
  /** Some of the keys only; all of them when undefined. */
  readonly part?: KeyPart | undefined;
}

/** Part `at` of `of` parts, from 0: equal keys are in one part. The counts of all parts sum to those of the whole. */
export interface KeyPart {
  readonly at: number;
  readonly of: number;
}

/** Where no part of a key is missing and the key is of the part. */
export function completeKeys(keys: readonly string[], part: KeyPart | undefined, dialect: SqlDialect): string {
  const complete = keys.map((key) => `${key} IS NOT NULL`);
  const within = part === undefined ? [] : [`${dialect.bucket(keys, part.of)} = ${part.at}`];
  return [...complete, ...within].join(" AND ");
}

export function equalKeys(keys: readonly string[]): string {
  return keys.map((key) => `a.${key} = b.${key}`).join(" AND ");
}

/** The columns under short names, each row with its number. */
export function valuesOf(relation: Relation, columns: Iterable<{ readonly definition: string }>): string {
  const values = [...columns].map(({ definition }) => definition);
  return `(SELECT ${[`${relation.rowNumber} AS ${ROW_NUMBER}`, ...values].join(", ")} FROM ${relation.from})`;
}
