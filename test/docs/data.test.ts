import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";
import { objectOf } from "#core/data/contract";
import { tidemarkCheck } from "#core/data/contract/quality";
import { customQueries } from "#core/data/custom-query";
import { readContract } from "#core/data/read-contract";
import { checksOf, requirementsOf } from "#core/data/requirements-of";
import { between, blocks, ROOT, read, rows } from "./support/documents.ts";

const page = read("docs/data.md");

test("explains every finding that the sources make, and no other", () => {
  const folder = join(ROOT, "core/data");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const made = sources.flatMap((name) => [
    ...read(`core/data/${name}`).matchAll(/(?:id|findingId): "(?<id>(?:DATA|DRIFT|PRIVACY|CONTRACT)_[A-Z_]+)"/g),
  ]);
  const listed = rows(between(page, "findings")).map(([id]) => id?.replaceAll("`", ""));
  expect([...listed].sort()).toEqual([...new Set(made.map(({ groups }) => groups?.["id"]))].sort());
});

describe("the contract it shows", () => {
  const [block] = blocks(between(page, "example:contract"));
  const contract = readContract(block?.text ?? "", yamlDocuments(), "docs/data.md");

  test("asks for every kind of check there is", () => {
    const related = new Map([["bicycles", "/bicycles.csv"]]);
    const kinds = checksOf(requirementsOf(contract, { now: new Date("2026-03-02"), related })).map(({ kind }) => kind);
    expect([...new Set(kinds)].sort()).toEqual(
      ["between", "date-between", "exists-in", "one-of", "present", "type", "unique"].sort(),
    );
    expect(customQueries(contract).map(({ statement }) => statement)).toEqual([
      "SELECT count(*) FROM data WHERE minutes < 0",
    ]);
    expect(objectOf(contract).quality.flatMap((rule) => tidemarkCheck(rule)?.check ?? [])).toEqual(["rowCountChange"]);
  });
});
