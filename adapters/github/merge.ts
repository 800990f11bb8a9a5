import { z } from "zod";
import type { MergeOutcome, PullRequest } from "#core/ports/code-host";
import type { Client } from "./client.ts";
import { createOnce } from "./create-once.ts";
import { statusOf, wordsOf } from "./problems.ts";

interface Merge {
  readonly number: number;
  readonly headCommit: string;
  readonly title: string;
  get(number: number): Promise<PullRequest>;
}

const Merged = z.object({ sha: z.string() }).transform(({ sha }): MergeOutcome => ({ kind: "merged", commit: sha }));

const Repository = z.object({
  allow_merge_commit: z.boolean().optional(),
  allow_squash_merge: z.boolean().optional(),
  allow_rebase_merge: z.boolean().optional(),
});

/** Merges exactly the approved head: GitHub compares `sha` and refuses a head that moved. */
export async function mergePullRequest(client: Client, merge: Merge): Promise<MergeOutcome> {
  const method = await allowedMethod(client);
  const put = () =>
    client.write("PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge", Merged, {
      pull_number: merge.number,
      sha: merge.headCommit,
      commit_title: merge.title,
      merge_method: method,
    });
  try {
    return await createOnce(put, () => alreadyMerged(merge));
  } catch (error) {
    if (![405, 409, 422].includes(statusOf(error) ?? 0)) throw error;
    return refusal(merge, wordsOf(error));
  }
}

async function allowedMethod(client: Client): Promise<"merge" | "squash" | "rebase"> {
  const allowed = await client.read("GET /repos/{owner}/{repo}", Repository);
  if (allowed.allow_merge_commit !== false) return "merge";
  return allowed.allow_squash_merge === false ? "rebase" : "squash";
}

async function alreadyMerged({ number, headCommit, get }: Merge): Promise<MergeOutcome | undefined> {
  const { state, head, mergeCommit } = await get(number);
  if (state !== "merged" || head.commit !== headCommit || mergeCommit === undefined) return undefined;
  return { kind: "merged", commit: mergeCommit };
}

async function refusal(merge: Merge, reason: string): Promise<MergeOutcome> {
  const { state, head, mergeCommit } = await merge.get(merge.number);
  if (head.commit !== merge.headCommit) return { kind: "moved" };
  if (state === "merged" && mergeCommit !== undefined) return { kind: "merged", commit: mergeCommit };
  return { kind: "refused", reason };
}
