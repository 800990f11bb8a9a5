import { expect, test } from "vitest";
import type { StoredType } from "#core/data/sql/dialect";
import { sparkDialect } from "#core/data/sql/spark-dialect";

test("no quoted text can end its quotation or name a variable of Spark's", () => {
  expect(sparkDialect.literal("it's \\ \0 ${env:HOME}")).toBe("'it\\'s \\\\ \\u0000 \\u0024{env:HOME}'");
  expect(sparkDialect.identifier("a`b; --")).toBe("`a``b; --`");
});

test("F-13 a column name that Spark would take for a variable is refused", () => {
  expect(() => sparkDialect.identifier("${env:HOME}")).toThrow(expect.objectContaining({ code: "COLUMN_REFUSED" }));
});

test.each(["number", "timestamp"] as const)(
  "the text of a stored %s is refused: engines write it differently",
  (stored) => {
    expect(() => sparkDialect.writtenText("v0", stored)).toThrow(expect.objectContaining({ code: "CHECK_REFUSED" }));
  },
);

test.each(["text", "integer", "date", "boolean"] satisfies StoredType[])(
  "the text of a stored %s is the engine's",
  (stored) => {
    expect(sparkDialect.writtenText("v0", stored)).toBe("CAST(v0 AS STRING)");
  },
);
