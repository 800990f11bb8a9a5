import { z } from "zod";
import { announcePull } from "../effects/pull.ts";
import { type Answer, created, ok, page } from "../http/answer.ts";
import { invalid, notFound, validationFailed } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, needsRole, type Route, route } from "../http/route.ts";
import type { PullRequest, Review } from "../model/issue.ts";
import { pullItem, reviewItem } from "../resources/pull.ts";
import { simpleUser } from "../resources/user.ts";
import { requestedPull } from "./pulls.ts";

const STATE = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

const ReviewRequest = z.object({
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).optional(),
  body: z.string().default(""),
  commit_id: z.string().optional(),
});

function createReview(call: Call): Answer {
  const issue = requestedPull(call);
  const { event, body, commit_id } = call.read(ReviewRequest);
  if (event === "APPROVE" && issue.author.id === call.account.id) {
    throw invalid("Unprocessable Entity: Can not approve your own pull request");
  }
  const review: Review = {
    id: call.state.nextId(),
    author: call.account,
    body,
    state: event ? STATE[event] : "PENDING",
    commitSha: commit_id ?? issue.pull.headSha,
    submittedAt: call.state.now(),
  };
  issue.pull.reviews.push(review);
  issue.pull.requestedReviewers = issue.pull.requestedReviewers.filter(({ id }) => id !== call.account.id);
  if (event) announceReview(call, { issue, review, action: "submitted" });
  return ok(render(call, issue, review));
}

const render = (call: Call, issue: PullRequest, review: Review) =>
  reviewItem(call.state, call.repository, { issue, review });

function announceReview(
  call: Call,
  { issue, review, action }: { issue: PullRequest; review: Review; action: "submitted" | "dismissed" },
): void {
  const rendered = render(call, issue, review);
  const payload = {
    // Webhooks print the state in lower case, the API in upper case.
    review: { ...rendered, state: review.state.toLowerCase(), updated_at: review.submittedAt },
    pull_request: pullItem(call.state, call.repository, issue),
  };
  call.events.emit(call.actor, call.repository, { name: "pull_request_review", action, payload });
}

function requestedReview(call: Call, issue: PullRequest): Review {
  const id = call.number("review_id");
  const review = issue.pull.reviews.find((candidate) => candidate.id === id);
  if (!review) throw notFound();
  return review;
}

const DismissRequest = z.object({ message: z.string() });

function dismissReview(call: Call): Answer {
  const issue = requestedPull(call);
  const review = requestedReview(call, issue);
  call.read(DismissRequest);
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw invalid("Can not dismiss a commented pull request review");
  }
  review.state = "DISMISSED";
  announceReview(call, { issue, review, action: "dismissed" });
  return ok(render(call, issue, review));
}

const ReviewersRequest = z.object({ reviewers: z.array(z.string()).default([]) });

async function requestReviewers(call: Call): Promise<Answer> {
  const issue = requestedPull(call);
  for (const login of call.read(ReviewersRequest).reviewers) {
    const account = call.state.accounts.get(login.toLowerCase());
    if (!account) throw validationFailed({ resource: "PullRequest", field: "reviewers", code: "invalid" });
    if (account.id === issue.author.id) throw invalid("Review cannot be requested from pull request author.");
    if (issue.pull.requestedReviewers.some(({ id }) => id === account.id)) continue;
    issue.pull.requestedReviewers.push(account);
    const extra = { requested_reviewer: simpleUser(call.state, account) };
    await announcePull(call, call.repository, { issue, action: "review_requested", extra });
  }
  return created(pullItem(call.state, call.repository, issue));
}

function listRequested(call: Call): Answer {
  const users = requestedPull(call).pull.requestedReviewers.map((account) => simpleUser(call.state, account));
  return ok({ users, teams: [] });
}

const PULL = "/repos/{owner}/{repo}/pulls/{pull_number}";

export const reviewRoutes: readonly Route[] = [
  route(`GET ${PULL}/reviews`, needs("pull_requests:read"), (call) => {
    const issue = requestedPull(call);
    return page(call, issue.pull.reviews, (review) => render(call, issue, review));
  }),
  route(`POST ${PULL}/reviews`, needsRole("read", "pull_requests:write"), createReview),
  route(`GET ${PULL}/reviews/{review_id}`, needs("pull_requests:read"), (call) => {
    const issue = requestedPull(call);
    return ok(render(call, issue, requestedReview(call, issue)));
  }),
  route(`PUT ${PULL}/reviews/{review_id}/dismissals`, needs("pull_requests:write"), dismissReview),
  route(`GET ${PULL}/requested_reviewers`, needs("pull_requests:read"), listRequested),
  route(`POST ${PULL}/requested_reviewers`, needs("pull_requests:write"), requestReviewers),
];
