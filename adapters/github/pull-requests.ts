import { z } from "zod";
import { UserError } from "#core/errors";
import type { NewPullRequest, PullRequest, PullRequests } from "#core/ports/code-host";
import type { Client } from "./client.ts";
import { createOnce } from "./create-once.ts";
import { mergePullRequest } from "./merge.ts";
import { everyItem, firstItem } from "./pages.ts";
import { statusOf, wordsOf } from "./problems.ts";
import { RawPullRequest } from "./pull-request.ts";
import { reviewsOf } from "./reviews.ts";

const PULLS = "/repos/{owner}/{repo}/pulls";
const ONE = `${PULLS}/{pull_number}`;

export function repositoryPullRequests(client: Client): PullRequests {
  const get = (number: number) => client.read(`GET ${ONE}`, RawPullRequest, { pull_number: number });
  return {
    get,
    fromBranch: (branch) => everyItem(client, fromBranch(client, branch, "all")),
    ofCommit: (commit) => ofCommit(client, commit),
    open: () => everyItem(client, { route: `GET ${PULLS}`, item: RawPullRequest, parameters: { state: "open" } }),
    openOnce: (request) => openOnce(client, request),
    update: async (number, change) => {
      await client.write(`PATCH ${ONE}`, RawPullRequest, { pull_number: number, ...change });
    },
    changedFiles: (number) => changedFiles(client, number),
    reviews: (number) => reviewsOf(client, number),
    merge: (number, headCommit, title) => mergePullRequest(client, { number, headCommit, title, get }),
  };
}

const fromBranch = (client: Client, branch: string, state: "open" | "all") => ({
  route: `GET ${PULLS}`,
  item: RawPullRequest,
  parameters: { state, head: `${client.owner}:${branch}`, sort: "created", direction: "desc" },
});

/** GitHub answers 422 for a commit it has never seen. */
async function ofCommit(client: Client, commit: string): Promise<readonly PullRequest[]> {
  const route = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";
  try {
    return await everyItem(client, { route, item: RawPullRequest, parameters: { commit_sha: commit } });
  } catch (error) {
    if (statusOf(error) === 422 || statusOf(error) === 404) return [];
    throw error;
  }
}

async function openOnce(client: Client, request: NewPullRequest) {
  const { branch, base, title, body } = request;
  const find = () => firstItem(client, fromBranch(client, branch, "open"), (one) => one.base.branch === base);
  const existing = await find();
  if (existing !== undefined) return { pullRequest: existing, created: false };
  const create = () => client.write(`POST ${PULLS}`, RawPullRequest, { head: branch, base, title, body });
  try {
    return { pullRequest: await createOnce(create, find), created: true };
  } catch (error) {
    const opened = /already exists/i.test(wordsOf(error)) ? await find() : undefined;
    if (opened === undefined) throw error;
    return { pullRequest: opened, created: false };
  }
}

const ChangedFile = z.object({ filename: z.string(), previous_filename: z.string().optional() });
/** GitHub lists no more than this, silently. */
const MAX_FILES = 3_000;

/** A renamed file counts under both of its names, so that nothing protected can be moved away unseen. */
async function changedFiles(client: Client, number: number): Promise<readonly string[]> {
  const files = await everyItem(client, {
    route: `GET ${ONE}/files`,
    item: ChangedFile,
    parameters: { pull_number: number },
  });
  if (files.length >= MAX_FILES) {
    throw new UserError(
      "GITHUB_REFUSED",
      `Pull request #${number} changes ${MAX_FILES} files or more, and GitHub lists no further.`,
      "Split it, so that every changed file can be seen.",
    );
  }
  const paths = files.flatMap(({ filename, previous_filename: before }) => (before ? [before, filename] : [filename]));
  return [...new Set(paths)].sort();
}
