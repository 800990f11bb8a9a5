import { environmentOf, modelOf } from "#core/config/read-config";
import type { TidemarkConfig } from "#core/config/tidemark-config";
import { promotionBranch } from "#core/promotion/branch";
import type { Promoted } from "#core/promotion/promote";
import { code, plain } from "#core/report/markdown";
import { requirementsOf } from "../reconcile/promotion.ts";
import { reconcilePullRequest } from "../reconcile/pull-request.ts";
import type { BotPorts } from "../work.ts";
import type { CommandAnswer } from "./command-handler.ts";

/**
 * Tells of the pull request a command opened and, where the environment's policy lets a step back merge itself, merges
 * exactly the commit the bot wrote.
 */
export async function answerWithProposal(
  ports: BotPorts,
  promoted: Promoted,
  config: TidemarkConfig,
): Promise<CommandAnswer> {
  const { pullRequest, record } = promoted;
  const release = { kind: "release", model: record.model, environment: record.environment } as const;
  const opened = `#${pullRequest.number}: ${plain(pullRequest.title)}.`;
  const environment = environmentOf(modelOf(config, record.model), record.environment);
  if (record.reason !== "rollback" || !environment["rollback-merges-itself"]) {
    return { text: `${opened} Review and merge it.`, follow: [{ kind: "pull-request", number: pullRequest.number }] };
  }
  // The merge asks for the check run, so the check run has to stand first.
  await reconcilePullRequest(ports, pullRequest.number);
  const branch = promotionBranch.parse(pullRequest.head.branch);
  const requirements = branch && (await requirementsOf(ports, pullRequest, branch));
  // The branch's name can be foretold, so somebody may have written to it before us.
  if (requirements === undefined || requirements.some(({ holds }) => !holds)) {
    return { text: `${opened} It does not hold what a merge asks for, so it waits for a review.`, follow: [] };
  }
  const merge = await ports.host.pullRequests.merge(pullRequest.number, pullRequest.head.commit, pullRequest.title);
  switch (merge.kind) {
    case "merged":
      return {
        text: `${opened} Merged as ${code(merge.commit.slice(0, 7))} by the environment's policy.`,
        follow: [release],
      };
    case "moved":
      return { text: `${opened} Somebody wrote to its branch, so it waits for a review.`, follow: [] };
    case "refused":
      return { text: `${opened} GitHub would not merge it: ${plain(merge.reason)} Review and merge it.`, follow: [] };
    default:
      return merge satisfies never;
  }
}
