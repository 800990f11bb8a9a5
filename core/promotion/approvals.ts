/** One review as GitHub tells it. */
export interface ReviewState {
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly state: "approved" | "changes_requested" | "commented" | "dismissed" | "pending";
  /** The head commit the review was written for. */
  readonly commit: string;
  readonly submittedAt: string;
}

/** Who approves this head now: each person's newest decisive review counts, on exactly this commit, never the author's own. */
export function approvers(reviews: readonly ReviewState[], headCommit: string, author: string): readonly string[] {
  const newest = new Map<string, ReviewState>();
  for (const review of reviews) {
    const decisive = review.state !== "commented" && review.state !== "pending";
    if (decisive && !review.authorIsBot && review.author !== author) newest.set(review.author, review);
  }
  return [...newest.values()]
    .filter((review) => review.state === "approved" && review.commit === headCommit)
    .map((review) => review.author)
    .sort();
}
