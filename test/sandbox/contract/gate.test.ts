import { describe, expect, test } from "vitest";
import type { Exchange } from "#sandbox/contract/exchange";
import { fill } from "#sandbox/contract/fill";
import { createContractGate } from "#sandbox/contract/gate";
import { exchange, pullRequest, without } from "./fixtures.ts";

function judge(fields: Partial<Exchange> = {}) {
  const gate = createContractGate();
  gate.checkExchange(exchange(fields));
  return gate.report();
}
const problems = (fields: Partial<Exchange>) => judge(fields).breaches.flatMap((breach) => breach.problems);

describe("an answer", () => {
  test("passes when it is a correct pull request", () => {
    expect(judge()).toEqual({ requests: 1, responses: 1, deliveries: 0, unknownRoutes: [], breaches: [] });
  });

  test("with a missing required field is a breach that names the field", () => {
    const [breach] = judge({ responseBody: without(pullRequest(), "merged") }).breaches;
    expect(breach).toMatchObject({
      where: "GET /repos/{owner}/{repo}/pulls/{pull_number} response 200",
      problems: ["/merged: must be boolean, got undefined"],
    });
  });

  test("is judged in depth and by element", () => {
    const comments = [{ ...fill("issue-comment", { id: 1 }), user: { login: 5 } }];
    const found = problems({ path: "/repos/acme/churn/issues/7/comments", responseBody: comments });
    expect(found).toContain("/0/user/login: must be string, got number");
    expect(found).toContain("/0/user/html_url: must be string, got undefined");
  });

  test("may hold null where GitHub allows it and nowhere else", () => {
    expect(problems({ responseBody: { ...pullRequest(), body: null, milestone: null, merged_by: null } })).toEqual([]);
    expect(problems({ responseBody: { ...pullRequest(), title: null } })).toEqual(["/title: must be string, got null"]);
  });

  test("may give an empty text for a URI, as GitHub does, and no other text that is none", () => {
    expect(problems({ responseBody: { ...pullRequest(), diff_url: "" } })).toEqual([]);
    expect(problems({ responseBody: { ...pullRequest(), diff_url: "not a uri" } })).toEqual([
      '/diff_url: must match format uri, got "not a uri"',
    ]);
  });

  test("with an undocumented status is a breach", () => {
    expect(problems({ status: 409, responseBody: { message: "Conflict" } })).toEqual([
      ": status 409 is not documented for this operation",
    ]);
  });

  test.each([401, 403, 404, 429, 500, 503])(
    "with status %i passes anywhere when it is GitHub's basic error",
    (status) => {
      expect(
        problems({ status, responseBody: { message: "No", documentation_url: "https://docs.github.com" } }),
      ).toEqual([]);
      expect(problems({ status, responseBody: { error: "No" } })).toContain("/message: must be string, got undefined");
    },
  );

  test("with status 304 is empty", () => {
    expect(problems({ status: 304, responseBody: undefined, contentType: "" })).toEqual([]);
    expect(problems({ status: 304 })).toEqual([": must be empty"]);
  });

  test("that is a diff is not judged as JSON", () => {
    const diff = { contentType: "application/vnd.github.diff; charset=utf-8", responseBody: "diff --git a/a b/a" };
    expect(problems(diff)).toEqual([]);
  });

  test("of a content is a file, a list, or one object for a folder", () => {
    const file = fill("content-file", { path: "registry/churn/production.yaml", type: "file", encoding: "base64" });
    const folder = fill("content-tree", { type: "dir", path: "registry" });
    const at = { path: "/repos/acme/churn/contents/registry" };
    expect(problems({ ...at, responseBody: file })).toEqual([]);
    expect(problems({ ...at, responseBody: [] })).toEqual([]);
    expect(problems({ ...at, responseBody: { ...folder, entries: [] } })).toEqual([]);
    expect(problems({ ...at, responseBody: without(file, "content") })).toContain(
      "/content: must be string, got undefined",
    );
  });
});

describe("a request", () => {
  test("to an unknown route is a breach and is listed", () => {
    const report = judge({ path: "/repos/acme/churn/pulls/7/applause" });
    expect(report.unknownRoutes).toEqual(["GET /repos/acme/churn/pulls/7/applause"]);
    expect(report.breaches).toHaveLength(1);
  });

  test("to a known path with another method is an unknown route", () => {
    expect(judge({ method: "DELETE" }).unknownRoutes).toEqual(["DELETE /repos/acme/churn/pulls/7"]);
  });

  test("with an undocumented query parameter is a breach", () => {
    expect(problems({ query: { sate: "open" } })).toEqual(["/sate: is not documented"]);
  });

  test("has numbers and choices checked in its query", () => {
    const list = { path: "/repos/acme/churn/pulls", responseBody: [] };
    expect(problems({ ...list, query: { state: "all", per_page: "100" } })).toEqual([]);
    expect(problems({ ...list, query: { state: "merged", per_page: "many" } })).toEqual([
      '/state: must be one of ["open","closed","all"], got "merged"',
      "/per_page: must be integer, got string",
    ]);
  });

  const creation = { method: "POST", path: "/repos/acme/churn/pulls", status: 201 };

  test("has its body checked", () => {
    expect(problems({ ...creation, requestBody: { base: "main", head: "promote/churn/v3" } })).toEqual([]);
    expect(problems({ ...creation, requestBody: { head: "promote/churn/v3" } })).toEqual([
      "/base: must be string, got undefined",
    ]);
    expect(problems({ ...creation, requestBody: undefined })).toHaveLength(2);
  });

  test("that GitHub refuses as invalid is no breach", () => {
    const refusal = { message: "Validation Failed", documentation_url: "", errors: [] };
    expect(problems({ ...creation, requestBody: {}, status: 422, responseBody: refusal })).toEqual([]);
  });

  test("with a body that the operation does not take is a breach", () => {
    expect(problems({ requestBody: { title: "?" } })).toEqual([": must be absent, this operation takes no body"]);
  });

  test("may carry bytes to an upload under the uploads prefix", () => {
    const upload = {
      method: "POST",
      path: "/uploads/repos/acme/churn/releases/4/assets",
      query: { name: "model.onnx" },
      requestBody: new Uint8Array([8, 7]),
      status: 201,
      responseBody: fill("release-asset", { name: "model.onnx" }),
    };
    expect(problems(upload)).toEqual([]);
    expect(problems({ ...upload, query: {} })).toEqual(["/name: must be string, got undefined"]);
  });
});

describe("a route", () => {
  const nameOf = (method: string, path: string) =>
    judge({ method, path, status: 418, responseBody: {} }).breaches.at(-1)?.where;

  test.each([
    ["GET", "/api/v3/repos/acme/churn", "GET /repos/{owner}/{repo}"],
    ["GET", "/repos/acme/churn/contents/", "GET /repos/{owner}/{repo}/contents/{path}"],
    ["GET", "/repos/acme/churn/contents", "GET /repos/{owner}/{repo}/contents/{path}"],
    ["PUT", "/repos/acme/churn/contents/a/b/c.yaml", "PUT /repos/{owner}/{repo}/contents/{path}"],
    ["GET", "/repos/acme/churn/compare/main...a/b", "GET /repos/{owner}/{repo}/compare/{basehead}"],
    ["GET", "/repos/acme/churn/git/ref/heads/promote/churn", "GET /repos/{owner}/{repo}/git/ref/{ref}"],
    ["GET", "/repos/acme/churn/commits/heads/a/check-runs", "GET /repos/{owner}/{repo}/commits/{ref}/check-runs"],
    ["GET", "/repos/acme/churn/commits/heads/a", "GET /repos/{owner}/{repo}/commits/{ref}"],
    ["GET", "/repos/acme/churn/pulls/comments", "GET /repos/{owner}/{repo}/pulls/comments"],
    ["GET", "/repos/acme/churn/branches/a%2Fb/protection", "GET /repos/{owner}/{repo}/branches/{branch}/protection"],
    [
      "GET",
      "/repos/acme/churn/actions/artifacts/5/zip",
      "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}",
    ],
  ])("%s %s is %s", (method, path, expected) => {
    expect(nameOf(method, path)).toBe(`${expected} response 418`);
  });
});
