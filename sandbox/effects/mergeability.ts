import { roleOf } from "../auth/actor.ts";
import { isAncestor } from "../git/history.ts";
import { mergedTree } from "../git/merge.ts";
import { hasRole } from "../model/account.ts";
import type { Protection } from "../model/check.ts";
import type { PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { latestStatuses } from "../resources/check.ts";
import type { Mergeability } from "../resources/pull.ts";

/** What the base branch's protection still wants, in GitHub's words; empty when nothing. */
export function missingRequirements(repository: Repository, issue: PullRequest): string[] {
  const protection = repository.protections.get(issue.pull.baseBranch);
  if (!protection) return [];
  const checks = protection.requiredChecks
    .filter((required) => !hasPassed(repository, issue.pull.headSha, required))
    .map(({ context }) => `Required status check "${context}" is expected.`);
  const approvals = protection.requiredApprovals - approvalCount(repository, issue);
  const count = protection.requiredApprovals;
  const wanted = `At least ${count} approving review${count === 1 ? " is" : "s are"} required by reviewers with write access.`;
  return approvals > 0 ? [...checks, wanted] : checks;
}

type RequiredCheck = Protection["requiredChecks"][number];

const PASSING: ReadonlySet<string | null> = new Set(["success", "neutral", "skipped"]);

/** A check required from one app cannot be satisfied by another that posts the same name. */
export function hasPassed(repository: Repository, sha: string, required: RequiredCheck): boolean {
  const runs = [...repository.checkRuns.values()].filter(
    (run) =>
      run.headSha === sha &&
      run.name === required.context &&
      (required.appId === undefined || run.app.id === required.appId),
  );
  const latest = runs.at(-1);
  if (latest) return latest.status === "completed" && PASSING.has(latest.conclusion);
  const status = latestStatuses(repository, sha).find(({ context }) => context === required.context);
  return required.appId === undefined && status?.state === "success";
}

/** Each reviewer's last word counts, if the reviewer may write. */
export function approvalCount(repository: Repository, issue: PullRequest): number {
  const lastWords = new Map<number, boolean>();
  for (const { author, state } of issue.pull.reviews) {
    if (author.id === issue.author.id || !hasRole(roleOf(repository, author), "write")) continue;
    if (state === "APPROVED" || state === "CHANGES_REQUESTED") lastWords.set(author.id, state === "APPROVED");
    if (state === "DISMISSED") lastWords.delete(author.id);
  }
  const words = [...lastWords.values()];
  return words.includes(false) ? 0 : words.length;
}

export async function mergeability(repository: Repository, issue: PullRequest): Promise<Mergeability> {
  const { baseSha, headSha, draft } = issue.pull;
  if (issue.state === "closed") return { mergeable: null, state: "unknown" };
  const tree = await mergedTree(repository.git, baseSha, headSha);
  if (tree === undefined) return { mergeable: false, state: "dirty" };
  if (draft) return { mergeable: true, state: "draft" };
  const blocked = missingRequirements(repository, issue).length > 0;
  return { mergeable: true, state: blocked ? "blocked" : "clean" };
}

export async function isBehind(repository: Repository, sha: string, branch: string): Promise<boolean> {
  const tip = await repository.git.branchSha(branch);
  return tip !== undefined && !(await isAncestor(repository.git, tip, sha));
}
