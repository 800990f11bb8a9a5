import { z } from "zod";
import type { PullRequest } from "#core/ports/code-host";

const Side = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ full_name: z.string() }).nullable(),
});

/** A pull request as every endpoint gives it; only the one for a single pull request has `merged`. */
export const RawPullRequest = z
  .object({
    number: z.number(),
    html_url: z.string(),
    state: z.enum(["open", "closed"]),
    merged_at: z.string().nullish(),
    title: z.string(),
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string().default("User") }).nullable(),
    head: Side,
    base: Side,
    merge_commit_sha: z.string().nullish(),
    draft: z.boolean().default(false),
  })
  .transform((raw): PullRequest => {
    const merged = raw.merged_at != null;
    return {
      number: raw.number,
      url: raw.html_url,
      state: merged ? "merged" : raw.state,
      title: raw.title,
      body: raw.body ?? "",
      author: raw.user?.login ?? "ghost",
      authorIsBot: raw.user?.type === "Bot",
      head: {
        branch: raw.head.ref,
        commit: raw.head.sha,
        sameRepository: raw.head.repo !== null && raw.head.repo.full_name === raw.base.repo?.full_name,
      },
      base: { branch: raw.base.ref, commit: raw.base.sha },
      // Of an open pull request this is a trial merge that is on no branch.
      mergeCommit: merged ? (raw.merge_commit_sha ?? undefined) : undefined,
      draft: raw.draft,
    };
  });
