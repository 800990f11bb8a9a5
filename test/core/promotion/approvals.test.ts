import { expect, test } from "vitest";
import { approvers, type ReviewState } from "#core/promotion/approvals";

const HEAD = "h".repeat(40);
const AUTHOR = "tidemark[bot]";
let minute = 0;

function review(author: string, facts: Partial<ReviewState> = {}): ReviewState {
  minute += 1;
  const submittedAt = new Date(minute * 60_000).toISOString();
  return { author, authorIsBot: false, state: "approved", commit: HEAD, submittedAt, ...facts };
}

const who = (...reviews: ReviewState[]) => approvers(reviews, HEAD, AUTHOR);

test("people who approve this head count once each, by name", () => {
  expect(who(review("bea"), review("ada"), review("bea"))).toEqual(["ada", "bea"]);
});

test.each([
  ["for an older head", [review("ada", { commit: "o".repeat(40) })]],
  ["that was dismissed", [review("ada", { state: "dismissed" })]],
  ["of a bot", [review("helper[bot]", { authorIsBot: true })]],
  ["of the author", [review(AUTHOR)]],
  ["that the same person took back", [review("ada"), review("ada", { state: "changes_requested" })]],
  ["that the same person gave before it was dismissed", [review("ada"), review("ada", { state: "dismissed" })]],
  ["followed by one for an older head", [review("ada"), review("ada", { commit: "o".repeat(40) })]],
  ["that is not sent yet", [review("ada", { state: "pending" })]],
  ["that only comments", [review("ada", { state: "commented" })]],
])("an approval %s does not count (F-72)", (_, reviews) => {
  expect(who(...reviews)).toEqual([]);
});

test.each([
  ["a later comment", [review("ada"), review("ada", { state: "commented" })]],
  ["an earlier request for changes", [review("ada", { state: "changes_requested" }), review("ada")]],
  ["a pending review", [review("ada"), review("ada", { state: "pending" })]],
  ["another person's request for changes", [review("ada"), review("bea", { state: "changes_requested" })]],
])("an approval counts despite %s", (_, reviews) => {
  expect(who(...reviews)).toEqual(["ada"]);
});
