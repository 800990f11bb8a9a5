import { z } from "zod";
import { parseCommands } from "#core/commands/parse-commands";
import { InRepository, on } from "./handler.ts";

const Author = z.object({ type: z.string() }).nullable();

const Commented = z.object({
  issue: z.object({ number: z.number().int().min(1), pull_request: z.unknown().optional() }),
  comment: z.object({ id: z.number().int(), body: z.string().nullable(), user: Author }),
  sender: Author.optional(),
});

/** Created ones only: an edited comment would let one person's words act with another's name. */
export const comments = on(["issue_comment.created"], InRepository.and(Commented), ({ at, issue, comment, sender }) => {
  const byBot = comment.user?.type === "Bot" || sender?.type === "Bot";
  const onPullRequest = issue.pull_request !== undefined && issue.pull_request !== null;
  if (byBot || !onPullRequest || parseCommands(comment.body ?? "").length === 0) return [];
  return [{ repository: at, key: { kind: "comment", number: issue.number, commentId: comment.id } }];
});
