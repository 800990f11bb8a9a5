import { describe, expect, test } from "vitest";
import { yamlDocuments } from "#adapters/yaml/documents";
import { digestOf } from "#core/digest";
import { printRecord, readRecord } from "#core/registry/read-record";
import { hold, KEY, releaseRecord } from "#test/support/builders/release-record";

const documents = yamlDocuments();
const read = (value: unknown) => readRecord(documents.print(value), documents, KEY);

describe("a release record", () => {
  test.each([releaseRecord(), releaseRecord({ hold: hold({ reason: "line\nbreak: # yes, 1.10" }) })])(
    "reads back what was printed",
    (record) => {
      const printed = printRecord(record, documents);
      expect(readRecord(printed, documents, KEY)).toEqual(record);
      expect(printRecord(readRecord(printed, documents, KEY), documents)).toBe(printed);
    },
  );

  test.each<[string, object]>([
    ["another model than its path", { model: "fraud" }],
    ["another environment than its path", { environment: "staging" }],
    ["generation zero (F-65)", { generation: 0 }],
    ["a broken generation", { generation: 1.5 }],
    ["a digest that is not of its files", { serving: { ...releaseRecord().serving, digest: digestOf("x") } }],
    ["a key nobody knows", { serves: true }],
    ["another version of the format", { version: 2 }],
  ])("is refused when it says %s", (_, facts) => {
    expect(() => read({ ...releaseRecord(), ...facts })).toThrow(expect.objectContaining({ code: "RECORD_INVALID" }));
  });

  test("that is refused names its path and the way out", () => {
    expect(() => read({ ...releaseRecord(), generation: 0 })).toThrow(
      /registry\/churn\/production\.yaml: generation.*restore it from git/,
    );
  });
});
