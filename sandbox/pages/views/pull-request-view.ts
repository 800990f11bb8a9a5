import type { Comment, PullRequest, Reaction, Review } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import { pullCommits, pullFiles } from "../../resources/pull.ts";
import type { SandboxState } from "../../state.ts";
import type {
  CommentView,
  CommitView,
  PullRequestLine,
  PullRequestState,
  PullRequestView,
  ReactionView,
  ReviewView,
} from "../view.ts";
import { checkViews } from "./check-views.ts";
import { commitView } from "./commit-view.ts";
import { deploymentViews } from "./deployment-view.ts";
import { personView, repositoryName } from "./names-view.ts";

function stateOf({ state, pull }: PullRequest): PullRequestState {
  if (pull.mergedAt !== undefined) return "merged";
  if (state === "closed") return "closed";
  return pull.draft ? "draft" : "open";
}

export function pullRequestLine(issue: PullRequest): PullRequestLine {
  const { number, title, author, createdAt } = issue;
  return { number, title, state: stateOf(issue), author: personView(author), at: createdAt };
}

function reactionViews(reactions: readonly Reaction[]): ReactionView[] {
  const kinds = [...new Set(reactions.map(({ content }) => content))];
  return kinds.map((kind) => ({ content: kind, count: reactions.filter(({ content }) => content === kind).length }));
}

const commentView = ({ author, createdAt, body, reactions, minimizedReason }: Comment): CommentView => ({
  author: personView(author),
  at: createdAt,
  body,
  reactions: reactionViews(reactions),
  hiddenAs: minimizedReason,
});

const REVIEW_STATES = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes_requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
  PENDING: undefined,
} as const;

/** A pending review is its author's alone. */
function reviewViews({ author, submittedAt, state, body }: Review): ReviewView[] {
  const word = REVIEW_STATES[state];
  return word === undefined ? [] : [{ author: personView(author), at: submittedAt, state: word, body }];
}

async function commitViews(state: SandboxState, repository: Repository, issue: PullRequest): Promise<CommitView[]> {
  const shas = await pullCommits(repository, issue);
  return Promise.all(shas.map(async (sha) => commitView(state, await repository.git.knownCommit(sha))));
}

export async function pullRequestView(
  state: SandboxState,
  repository: Repository,
  issue: PullRequest,
): Promise<PullRequestView> {
  const { body, labels, pull } = issue;
  const [commits, files] = await Promise.all([commitViews(state, repository, issue), pullFiles(repository, issue)]);
  const comments = [...repository.comments.values()].filter(({ issueNumber }) => issueNumber === issue.number);
  const shas = new Set([pull.headSha, pull.mergeCommitSha, ...commits.map(({ sha }) => sha)]);
  return {
    ...pullRequestLine(issue),
    repository: repositoryName(repository),
    headRef: pull.headBranch,
    baseRef: pull.baseBranch,
    body: body ?? "",
    labels: labels.map(({ name }) => name),
    comments: comments.map(commentView),
    reviews: pull.reviews.flatMap(reviewViews),
    checks: checkViews(state, repository, issue),
    commits,
    files,
    deployments: deploymentViews(repository, ({ sha }) => shas.has(sha)),
  };
}
