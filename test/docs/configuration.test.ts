import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";
import { readConfig } from "#core/config/read-config";
import { METRIC_NAMES } from "#core/metrics/catalogue";
import { between, blocks, read, rows } from "./support/documents.ts";
import { schemaKeys } from "./support/schema-keys.ts";

const page = read("docs/configuration.md");
// A gate that is a list has the keys of a rule; the page says so once.
const keys = schemaKeys(JSON.parse(read("schemas/tidemark.schema.json"))).filter(
  ({ path }) => !path.includes("gate[]"),
);

test("lists every key of the schema, in its order, with its default", () => {
  const listed = rows(between(page, "keys")).map(([path, , fallback]) => [path, fallback]);
  expect(listed).toEqual(keys.map(({ path, default: fallback }) => [`\`${path}\``, fallback]));
});

test("says of every key what it means, in the schema's words where it has some", () => {
  const meanings = new Map(rows(between(page, "keys")).map(([path, meaning]) => [path, meaning]));
  for (const { path, description } of keys) {
    expect(meanings.get(`\`${path}\``), path).toMatch(/\w.*\.$/);
    if (description !== "" && path !== "store") expect(meanings.get(`\`${path}\``)).toBe(description);
  }
});

test("names every metric", () => {
  expect(/^Metrics: (?<names>.+)\.$/m.exec(page)?.groups?.["names"]).toBe(
    METRIC_NAMES.map((name) => `\`${name}\``).join(", "),
  );
});

describe("the smallest configuration that works", () => {
  const [, smallest] = blocks(page);

  test("is read, with every default filled in", () => {
    const { models, store } = readConfig(smallest?.text ?? "", yamlDocuments());
    expect(store).toEqual({ kind: "github-release" });
    expect(models["my-model"]).toMatchObject({ "primary-metric": "roc_auc", slices: [] });
  });

  test("has no key it could do without", () => {
    const lines = (smallest?.text ?? "").trimEnd().split("\n");
    const needed = lines.findIndex((line) => line.includes("task:"));
    const without = lines.filter((_, at) => at !== needed).join("\n");
    expect(() => readConfig(without, yamlDocuments())).toThrow(/task/);
  });
});
