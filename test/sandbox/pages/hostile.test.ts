import { describe, expect, test } from "vitest";
import { deploymentsPage } from "#sandbox/pages/deployments-page";
import { homePage } from "#sandbox/pages/home-page";
import { type Hole, html, webAddress } from "#sandbox/pages/html";
import { renderMarkdown } from "#sandbox/pages/markdown";
import { pullRequestPage } from "#sandbox/pages/pull-request-page";
import { repositoryPage } from "#sandbox/pages/repository-page";
import { runPage } from "#sandbox/pages/run-page";
import { activeParts } from "./active-parts.ts";
import { deployments, pullRequest, repositoryView, run } from "./samples.ts";

const ATTACKS = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</title></style><svg onload=alert(1)>",
  "[click](javascript:alert(1))",
  '<a href="java&#x73;cript:alert(1)">x</a>',
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<style>body{display:none}</style>",
  "javascript:alert(1)",
];

/** Replaces every text of a view, except words of closed sets, times and the repository, whose names have a grammar. */
function poison<T>(value: T, attack: string): T {
  const kept = new Set(["state", "status", "conclusion", "at", "content"]);
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === "string") return kept.has(key) ? node : attack;
    if (key === "repository") return node;
    if (Array.isArray(node)) return node.map((item) => walk(item, key));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, walk(child, name)]));
  };
  return walk(value, "") as T;
}

test("the search for active parts finds them", () => {
  for (const part of ["<script>", "<img onerror=alert(1)>", '<a href="javascript:alert(1)">', "<iframe srcdoc=''>"]) {
    expect(activeParts(`<p>${part}</p>`)).toEqual([part]);
  }
});

describe.each(ATTACKS)("the text %s is inert", (attack) => {
  test("everywhere in a pull request", async () => {
    expect(activeParts(await pullRequestPage(poison(pullRequest(), attack)))).toEqual([]);
  });
  test("everywhere in a run", async () => {
    expect(activeParts(await runPage(poison(run(), attack)))).toEqual([]);
  });
  test("everywhere in a repository, its deployments and the home page", async () => {
    const { repository, description } = poison(repositoryView(), attack);
    const line = { repository, description, openPullRequests: 1, at: "2026-03-02T09:00:00Z" };
    expect(activeParts(await repositoryPage(poison(repositoryView(), attack)))).toEqual([]);
    expect(activeParts(await deploymentsPage(poison(deployments(), attack)))).toEqual([]);
    expect(activeParts(await homePage({ repositories: [line] }))).toEqual([]);
  });
  test("in an alert and in its title", async () => {
    const text = `> [!WARNING]\n> ${attack}\n\n> [!${attack}]\n> text`;
    expect(activeParts(await renderMarkdown(text, { repository: { owner: "acme", name: "churn" } }))).toEqual([]);
  });
});

test("html escapes text, joins lists and nests only its own kind", () => {
  const forged = { markup: "<b>forged</b>" } as unknown as Hole;
  expect(html`<p title="${`a"b`}">${"<&>'"}${[1, html`<i>${"x"}</i>`]}${undefined}</p>`.markup).toBe(
    '<p title="a&quot;b">&lt;&amp;&gt;&#39;1<i>x</i></p>',
  );
  expect(html`${forged}`.markup).toBe("[object Object]");
});

test("an address is followed only over http or within the site", () => {
  const offered = [
    "https://acme.example/",
    "/acme/churn",
    "javascript:alert(1)",
    "//evil.example",
    "/\\evil.example",
    " data:text/html,x",
  ];
  expect(offered.filter((url) => webAddress(url) !== undefined)).toEqual(["https://acme.example/", "/acme/churn"]);
});
