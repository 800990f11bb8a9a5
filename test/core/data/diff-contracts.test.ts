import { expect, test } from "vitest";
import { Contract } from "#core/data/contract";
import { diffContracts, isBreaking } from "#core/data/diff-contracts";

type Entry = Record<string, unknown>;

const contract = (...properties: Entry[]) =>
  Contract.parse({
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: "trips",
    version: "1.0.0",
    status: "active",
    schema: [{ name: "trips", properties: [{ name: "id" }, ...properties] }],
  });

const choice = (...validValues: string[]) => ({
  quality: [{ metric: "invalidValues", arguments: { validValues }, mustBe: 0 }],
});

test("the same contract has no change", () => {
  const one = contract({ name: "age", logicalType: "integer", ...choice("a") });
  expect(diffContracts(one, one)).toEqual([]);
});

test.each<[string, Entry | undefined, Entry | undefined, "breaking" | "risky" | "safe", "breaking" | "risky" | "safe"]>(
  [
    ["a column that goes", {}, undefined, "breaking", "safe"],
    ["a column that comes", undefined, {}, "safe", "safe"],
    ["a required column that comes", undefined, { required: true }, "safe", "breaking"],
    ["whole numbers becoming decimal", { logicalType: "integer" }, { logicalType: "number" }, "risky", "safe"],
    ["decimal numbers becoming whole", { logicalType: "number" }, { logicalType: "integer" }, "safe", "breaking"],
    ["numbers becoming text", { logicalType: "integer" }, { logicalType: "string" }, "breaking", "breaking"],
    ["a column that may be missing now", { required: true }, { required: false }, "breaking", "safe"],
    ["a column that may repeat now", { unique: true }, {}, "breaking", "safe"],
    [
      "a wider range",
      { logicalTypeOptions: { maximum: 10 } },
      { logicalTypeOptions: { maximum: 20 } },
      "risky",
      "safe",
    ],
    [
      "a narrower range",
      { logicalTypeOptions: { minimum: 0 } },
      { logicalTypeOptions: { minimum: 5 } },
      "safe",
      "breaking",
    ],
    ["a limit that goes", { logicalTypeOptions: { maxLength: 3 } }, {}, "risky", "safe"],
    ["a new value", choice("a"), choice("a", "b"), "risky", "safe"],
    ["a value that goes", choice("a", "b"), choice("a"), "safe", "breaking"],
    ["a pattern that comes", {}, { logicalTypeOptions: { pattern: "^a" } }, "safe", "breaking"],
  ],
)("%s", (_, before, after, consumer, producer) => {
  const named = (entry: Entry | undefined) => (entry === undefined ? [] : [{ name: "x", ...entry }]);
  const [change, ...more] = diffContracts(contract(...named(before)), contract(...named(after)));
  expect([change?.consumer, change?.producer, more]).toEqual([consumer, producer, []]);
  expect(change && isBreaking(change)).toBe(consumer === "breaking" || producer === "breaking");
});

const rule = (facts: Entry) => ({ quality: [{ metric: "nullValues", mustBe: 0, ...facts }] });

test.each<[string, Entry, Entry, string, string]>([
  ["a rule that comes", {}, rule({}), "safe", "breaking"],
  ["a rule that goes", rule({}), {}, "risky", "safe"],
  ["a reference that comes", {}, { relationships: [{ to: "days.day" }] }, "safe", "breaking"],
  ["a reference that goes", { relationships: [{ to: "days.day" }] }, {}, "risky", "safe"],
  [
    "an end that is no longer included",
    {},
    { logicalType: "integer", logicalTypeOptions: { exclusiveMinimum: 0 } },
    "safe",
    "breaking",
  ],
])("%s", (_, before, after, consumer, producer) => {
  const type = { name: "age", logicalType: "integer" };
  const changes = diffContracts(contract({ ...type, ...before }), contract({ ...type, ...after }));
  expect(changes).toMatchObject([{ column: "age", consumer, producer }]);
});

test("a rule that changes is told from both sides, one that is only described otherwise is not", () => {
  const one = contract({ name: "age", ...rule({}) });
  expect(diffContracts(one, contract({ name: "age", ...rule({ mustBe: 1 }) }))).toHaveLength(2);
  expect(diffContracts(one, contract({ name: "age", ...rule({ description: "All ages are known." }) }))).toEqual([]);
});
