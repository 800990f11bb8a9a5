import { z } from "zod";
import type { ReviewState } from "#core/promotion/approvals";
import type { Client } from "./client.ts";
import { everyItem } from "./pages.ts";

const States = z.enum(["approved", "changes_requested", "commented", "dismissed", "pending"]);

const Review = z
  .object({
    user: z.object({ login: z.string(), type: z.string().default("User") }).nullable(),
    state: z.string().transform((state) => States.parse(state.toLowerCase())),
    commit_id: z.string().nullable(),
    submitted_at: z.string().optional(),
  })
  .transform(
    (raw): ReviewState => ({
      author: raw.user?.login ?? "ghost",
      authorIsBot: raw.user?.type === "Bot",
      state: raw.state,
      commit: raw.commit_id ?? "",
      submittedAt: raw.submitted_at ?? "",
    }),
  );

/** GitHub lists reviews oldest first. */
export function reviewsOf(client: Client, number: number): Promise<readonly ReviewState[]> {
  return everyItem(client, {
    route: "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    item: Review,
    parameters: { pull_number: number },
  });
}
