import { promotionBranch } from "#core/promotion/branch";
import type { BotPorts, Key } from "../work.ts";
import { reconcilePromotion } from "./promotion.ts";
import { reconcileReport } from "./report.ts";

/** A pull request either changes one release record, or brings candidates that want a report. */
export async function reconcilePullRequest(ports: BotPorts, number: number): Promise<readonly Key[]> {
  const pullRequest = await ports.host.pullRequests.get(number);
  const branch = pullRequest.head.sameRepository ? promotionBranch.parse(pullRequest.head.branch) : undefined;
  if (branch !== undefined) return reconcilePromotion(ports, pullRequest, branch);
  if (pullRequest.state === "open") await reconcileReport(ports, pullRequest);
  return [];
}
