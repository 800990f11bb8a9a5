import { describe, expect, test } from "vitest";
import { fill, fillDelivery, fillResponse } from "#sandbox/contract/fill";
import { createSchemaStore } from "#sandbox/contract/schema-store";
import { loadSlice } from "#sandbox/contract/slice";

const { schemas } = loadSlice().components;
const store = createSchemaStore(schemas);
const problems = (name: string, value: unknown) => store.problems({ $ref: `#/components/schemas/${name}` }, value);

const holdsFields = (name: string): boolean =>
  store.resolve({ $ref: `#/components/schemas/${name}` }).type === "object";

describe("fill", () => {
  test("makes a valid pull request of a number and a title", () => {
    const filled = fill("pull-request", { number: 7, title: "Promote churn v3" });
    expect(filled).toMatchObject({ number: 7, title: "Promote churn v3", merged: false, body: null, labels: [] });
    expect(problems("pull-request", filled)).toEqual([]);
    expect(problems("pull-request", { number: 7, title: "Promote churn v3" })).not.toEqual([]);
  });

  test.each(Object.keys(schemas).filter(holdsFields))("makes a valid %s of nothing", (name) => {
    expect(problems(name, fill(name, {}))).toEqual([]);
  });

  test("completes objects and items inside what is stated", () => {
    const filled = fill("pull-request", { head: { sha: "abc" }, assignees: [{ login: "mara" }] });
    expect(filled.head).toMatchObject({ sha: "abc", ref: "" });
    expect(filled.assignees[0]).toMatchObject({ login: "mara", site_admin: false });
    expect(problems("pull-request", filled)).toEqual([]);
  });

  test("keeps a stated value even when it is wrong, for the gate to find", () => {
    expect(problems("pull-request", fill("pull-request", { number: "seven" }))).toEqual([
      "/number: must be integer, got string",
    ]);
  });

  test("keeps fields that GitHub does not require", () => {
    expect(fill("simple-user", { login: "mara", email: "mara@acme.example" }).email).toBe("mara@acme.example");
  });

  test("puts the given base into URIs", () => {
    expect(fill("simple-user", {}, { base: "http://127.0.0.1:4711" })["html_url"]).toBe("http://127.0.0.1:4711/");
  });

  test("refuses a name that the contract does not have", () => {
    expect(() => fill("pull-requset", {})).toThrow('no schema "pull-requset"');
  });
});

test("fillResponse completes what an operation answers", () => {
  const at = { operation: "POST /app/installations/{installation_id}/access_tokens", status: 201 };
  expect(fillResponse(at, { token: "ghs_1" })).toMatchObject({ token: "ghs_1" });
  expect(() => fillResponse({ ...at, status: 299 }, {})).toThrow("with status 299");
});

test("fillDelivery completes the repository inside a payload", () => {
  const payload = fillDelivery("push", { ref: "refs/heads/main", repository: { full_name: "acme/churn" } });
  expect(payload.repository).toMatchObject({ full_name: "acme/churn", private: false });
});
