import { expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";

const text = "name: trips\ncolumns:\n  - name: id\n    rules:\n      - { min: 1 }\n  - name: day\n";
const locate = yamlDocuments().locate(text);

test.each<[(string | number)[], number]>([
  [[], 1],
  [["name"], 1],
  [["columns", 0], 3],
  [["columns", 0, "rules", 0, "min"], 5],
  [["columns", 1, "name"], 6],
])("%j stands on line %d", (path, line) => {
  expect(locate(path)).toBe(line);
});

test("what is not there is looked for around it", () => {
  expect(locate(["columns", 1, "rules", 0])).toBe(6);
  expect(locate(["columns", 7])).toBe(3);
  expect(locate(["nope"])).toBe(1);
});

test("JSON has lines too", () => {
  expect(yamlDocuments().locate('{\n "a": [\n  1,\n  2\n ]\n}')(["a", 1])).toBe(4);
});

test("a text that nests too deep to be read has none", () => {
  expect(yamlDocuments().locate("[".repeat(20_000))(["a"])).toBeUndefined();
});
