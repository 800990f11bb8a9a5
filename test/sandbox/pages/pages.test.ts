import { expect, test } from "vitest";
import { deploymentsPage } from "#sandbox/pages/deployments-page";
import { homePage } from "#sandbox/pages/home-page";
import { pullRequestPage } from "#sandbox/pages/pull-request-page";
import { repositoryPage } from "#sandbox/pages/repository-page";
import { runPage } from "#sandbox/pages/run-page";
import { STYLE } from "#sandbox/pages/style";
import { deployments, emptyPullRequest, pullRequest, repositoryView, run } from "./samples.ts";

/** The style sheet is no part of what a page says. */
const withoutStyle = (page: string): string => page.replace(STYLE, "");

test("a pull request page shows the conversation, checks, deployments, commits and files", async () => {
  await expect(withoutStyle(await pullRequestPage(pullRequest()))).toMatchFileSnapshot("golden/pull-request.html");
});

test("an empty pull request says so in every section", async () => {
  await expect(withoutStyle(await pullRequestPage(emptyPullRequest()))).toMatchFileSnapshot(
    "golden/empty-pull-request.html",
  );
});

test("a repository page shows pull requests, runs, deployments, releases and branches", async () => {
  await expect(withoutStyle(await repositoryPage(repositoryView()))).toMatchFileSnapshot("golden/repository.html");
});

test("a run page opens the log of the step that failed", async () => {
  await expect(withoutStyle(await runPage(run()))).toMatchFileSnapshot("golden/run.html");
});

test("a deployments page groups by environment", async () => {
  await expect(withoutStyle(await deploymentsPage(deployments()))).toMatchFileSnapshot("golden/deployments.html");
});

test("the home page lists the repositories", async () => {
  const { repository, description } = repositoryView();
  const line = { repository, description, openPullRequests: 1, at: "2026-03-02T09:00:00Z" };
  await expect(withoutStyle(await homePage({ repositories: [line] }))).toMatchFileSnapshot("golden/home.html");
});

test("comments and reviews stand in the order in which they came", async () => {
  const page = await pullRequestPage(pullRequest());
  const order = ["churn: <strong>pass", "The lower bound convinces me.", "/model promote"].map((text) =>
    page.indexOf(text),
  );
  expect(order).toEqual([...order].sort((left, right) => left - right));
  expect(order).not.toContain(-1);
});
