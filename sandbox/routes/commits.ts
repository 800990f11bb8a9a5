import { changedFiles, unifiedDiff } from "../git/diff.ts";
import { commitsBetween, commitsFrom, isAncestor, mergeBase } from "../git/history.ts";
import { EMPTY_TREE } from "../git/store.ts";
import { type Answer, ok, page, rawText } from "../http/answer.ts";
import { ApiError, invalid, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import { isPull } from "../model/issue.ts";
import { changedFile, commitItem, fullCommit } from "../resources/commit.ts";
import { pullItem } from "../resources/pull.ts";
import { apiUrl, htmlUrl } from "../resources/repository.ts";

/** A branch, tag or sha as the API accepts it, `heads/main` included. */
export async function resolveCommit(call: Call, revision: string): Promise<string> {
  const { git } = call.repository;
  const name = revision.replace(/^refs\//, "");
  const candidates = [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, revision];
  for (const candidate of candidates) {
    const sha = /^[\w./@-]+$/.test(candidate) ? await git.commitSha(candidate) : undefined;
    if (sha !== undefined) return sha;
  }
  throw invalid(`No commit found for SHA: ${revision}`);
}

const DIFF_TYPE = "application/vnd.github.diff; charset=utf-8";

async function getCommit(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call, call.parameter("ref"));
  if (call.accepts(".sha")) return rawText(sha, "application/vnd.github.sha; charset=utf-8");
  const commit = await call.repository.git.knownCommit(sha);
  if (call.accepts(".diff")) {
    return rawText(await unifiedDiff(call.repository.git, commit.parents[0] ?? EMPTY_TREE, sha), DIFF_TYPE);
  }
  return ok(await fullCommit(call.state, call.repository, commit));
}

async function listCommits(call: Call): Promise<Answer> {
  const start = call.query("sha") ?? call.repository.defaultBranch;
  const sha = await resolveCommit(call, start).catch(() => undefined);
  if (sha === undefined) throw call.query("sha") ? notFound() : new ApiError(409, "Git Repository is empty.");
  const shas = await commitsFrom(call.repository.git, sha, call.query("path"));
  return page(call, shas, (one) => renderCommit(call, one));
}

async function renderCommit(call: Call, sha: string) {
  return commitItem(call.state, call.repository, await call.repository.git.knownCommit(sha));
}

async function pullsOfCommit(call: Call): Promise<Answer> {
  const sha = await resolveCommit(call, call.parameter("commit_sha"));
  const { git, issues } = call.repository;
  const holding = [];
  for (const issue of [...issues.values()].filter(isPull)) {
    const { headSha, baseSha, mergeCommitSha } = issue.pull;
    const isPart = (await isAncestor(git, sha, headSha)) && !(await isAncestor(git, sha, baseSha));
    if (isPart || sha === headSha || sha === mergeCommitSha) holding.push(issue);
  }
  return page(call, holding, (issue) => pullItem(call.state, call.repository, issue));
}

async function compare(call: Call): Promise<Answer> {
  const [from = "", to = ""] = call.parameter("basehead").split("...");
  const strip = (name: string) => name.slice(name.indexOf(":") + 1);
  const base = await resolveCommit(call, strip(from)).catch(() => undefined);
  const head = await resolveCommit(call, strip(to)).catch(() => undefined);
  if (base === undefined || head === undefined) throw notFound();
  const fork = await mergeBase(call.repository.git, base, head);
  if (fork === undefined) throw new ApiError(404, `No common ancestor between ${from} and ${to}.`);
  if (call.accepts(".diff")) return rawText(await unifiedDiff(call.repository.git, fork, head), DIFF_TYPE);
  return ok(await comparison(call, { base, head, fork }));
}

async function comparison(call: Call, { base, head, fork }: { base: string; head: string; fork: string }) {
  const { state, repository } = call;
  const ahead = (await commitsBetween(repository.git, base, head)).reverse();
  const behind = await commitsBetween(repository.git, head, base);
  const files = await changedFiles(repository.git, fork, head);
  const url = `${apiUrl(state, repository)}/compare/${base}...${head}`;
  const html_url = `${htmlUrl(state, repository)}/compare/${base}...${head}`;
  return {
    url,
    html_url,
    permalink_url: html_url,
    diff_url: `${html_url}.diff`,
    patch_url: `${html_url}.patch`,
    base_commit: await renderCommit(call, base),
    merge_base_commit: await renderCommit(call, fork),
    status: relation(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(ahead.map((sha) => renderCommit(call, sha))),
    files: files.map((file) => changedFile(state, { repository, file, sha: head })),
  };
}

function relation(ahead: number, behind: number): "identical" | "ahead" | "behind" | "diverged" {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

export const commitRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/commits", needs("contents:read"), listCommits),
  route("GET /repos/{owner}/{repo}/commits/{ref}", needs("contents:read"), getCommit),
  route("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", needs("pull_requests:read"), pullsOfCommit),
  route("GET /repos/{owner}/{repo}/compare/{basehead}", needs("contents:read"), compare),
];
