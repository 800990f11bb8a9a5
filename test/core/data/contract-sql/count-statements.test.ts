import { expect, test } from "vitest";
import type { Check } from "#core/data/check";
import { countStatements } from "#core/data/contract-sql/count-statements";
import { sparkDialect } from "#core/data/sql/spark-dialect";
import { tableRelation } from "#core/data/sql/table-relation";

const names = Array.from({ length: 120 }, (_, at) => `c${at}`);
const relation = tableRelation(
  { name: "lake.wide", columns: names.map((name) => ({ name, type: "bigint" })) },
  sparkDialect,
);

test("many checks are several statements, and each count finds its check again", () => {
  const checks = names.flatMap((column): Check[] => [
    { kind: "unique", columns: [column] },
    { kind: "present", column },
  ]);
  const { statements, read } = countStatements(checks, relation, sparkDialect);
  expect(statements.map(({ name }) => name).slice(0, 3)).toEqual(["scan-1", "scan-2", "keys-3"]);
  const answer = (column: string) => {
    if (column === "rows") return 1_000;
    const number = Number(/\d+$/.exec(column)?.[0]);
    return column.includes("unique") ? number + 500 : number;
  };
  const { rows, results } = read(statements.map(({ columns }) => columns.map(answer)));
  expect(rows).toBe(1_000);
  expect(results.map(({ broken }) => broken)).toEqual(names.flatMap((_, at) => [at + 500, at]));
});

test("every row breaks a check of a column that is not there", () => {
  const checks: Check[] = [
    { kind: "unique", columns: ["gone"] },
    { kind: "present", column: "gone" },
  ];
  const { statements, read } = countStatements(checks, relation, sparkDialect);
  expect(statements.map(({ name }) => name)).toEqual(["scan-1"]);
  expect(read([[7, 7]]).results).toMatchObject([{ broken: 7 }, { broken: 7 }]);
});

test("a table's name is quoted part by part, and decimals are read as doubles", () => {
  const { from } = tableRelation({ name: "lake.a`b", columns: [{ name: "fare", type: "decimal(9,2)" }] }, sparkDialect);
  expect(from).toBe("(SELECT try_cast(`fare` AS DOUBLE) AS `fare` FROM `lake`.`a``b`) AS stored_values");
});
