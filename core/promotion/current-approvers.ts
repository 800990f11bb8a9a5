import { isAtLeast } from "../commands/command.ts";
import type { CodeHost, PullRequest } from "../ports/code-host.ts";
import { approvers } from "./approvals.ts";

/**
 * Whose approval of a pull request's head counts at this moment. Anybody may approve on a public repository, and a role
 * may have been taken away since, so each approver's role is read live: less than write does not count.
 */
export async function currentApprovers(
  host: Pick<CodeHost, "pullRequests" | "permissions">,
  { number, head, author }: PullRequest,
): Promise<readonly string[]> {
  const people = approvers(await host.pullRequests.reviews(number), head.commit, author);
  const roles = await Promise.all(people.map((person) => host.permissions.role(person)));
  return people.filter((_, at) => isAtLeast(roles[at] ?? "none", "write"));
}
