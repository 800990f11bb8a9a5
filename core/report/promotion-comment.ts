import type { ModelDeployment } from "../deployment/history.ts";
import { shortDigest } from "../digest.ts";
import type { CheckRun } from "../ports/code-host.ts";
import type { PromotionBranch } from "../promotion/branch.ts";
import type { Requirement } from "../promotion/guard.ts";
import { checkName } from "./check-summary.ts";
import { code, link, plain } from "./markdown.ts";

/** The first line of the bot's comment on a promotion pull request. */
export const PROMOTION_MARKER = "<!-- tidemark:promotion-status v1 -->";

/** Why a merged record has no deployment and gets none. */
export type NotDeployed = "not approved" | "not configured";

export interface PromotionView {
  readonly branch: PromotionBranch;
  readonly requirements: readonly Requirement[];
  /** Undefined before the merge. */
  readonly deployment: ModelDeployment | NotDeployed | "not created yet" | undefined;
}

/** The bot's one comment on a promotion pull request: what a merge still asks for, then what came of it. */
export function promotionComment(view: PromotionView): string {
  return `${[PROMOTION_MARKER, `## ${title(view)}`, ...lines(view), FOOTER].join("\n\n")}\n`;
}

/** The check run that branch protection asks for. */
export function promotionCheck(view: PromotionView, commit: string): CheckRun {
  const missing = view.requirements.filter(({ holds }) => !holds);
  const approvalsOnly = missing.length > 0 && missing.every(({ kind }) => kind === "approval");
  return {
    name: checkName(view.branch.model),
    commit,
    status: "completed",
    conclusion: missing.length === 0 ? "success" : approvalsOnly ? "action_required" : "failure",
    title: title(view).replace(/[`\\]/g, ""),
    summary: list(view.requirements),
  };
}

const FOOTER = `${code("/model rollback")} · ${code("/model help")}`;

function title({ branch, requirements, deployment }: PromotionView): string {
  const place = `${code(branch.model)} in ${code(branch.environment)}`;
  if (deployment === undefined) {
    const missing = requirements.filter(({ holds }) => !holds).length;
    return missing === 0
      ? `✅ ${place}: ready to merge`
      : `⏸️ ${place}: a merge still asks for ${missing === 1 ? "one thing" : `${missing} things`}`;
  }
  if (deployment === "not approved" || deployment === "not configured")
    return `❌ ${place}: ${NOT_DEPLOYED[deployment].title}`;
  if (deployment === "not created yet") return `⏳ ${place}: merged, the deployment is being created`;
  return `${DEPLOYED[deployment.state].icon} ${place}: ${DEPLOYED[deployment.state].words}`;
}

const NOT_DEPLOYED: Record<NotDeployed, { readonly title: string; readonly next: string }> = {
  "not approved": {
    title: "merged without the approvals the environment asks for, not deployed",
    next: "An approval of this pull request's head, given now, is counted at the next sweep.",
  },
  "not configured": {
    title: "merged, but the default branch does not configure this model, not deployed",
    next: "Bring the model back into the configuration, or close this chapter by removing its record.",
  },
};

const DEPLOYED: Record<ModelDeployment["state"], { readonly icon: string; readonly words: string }> = {
  waiting: { icon: "⏳", words: "waiting for the deploy workflow" },
  in_progress: { icon: "⏳", words: "deploying" },
  success: { icon: "✅", words: "serving" },
  failure: { icon: "❌", words: "the deployment failed, what served before still serves" },
  inactive: { icon: "➖", words: "served, replaced by a later version" },
};

function lines({ requirements, deployment }: PromotionView): string[] {
  if (deployment === undefined) return [list(requirements)];
  if (deployment === "not approved" || deployment === "not configured") return [NOT_DEPLOYED[deployment].next];
  if (deployment === "not created yet") return [];
  const { payload, description, url, id } = deployment;
  const approved = payload.approvers.length === 0 ? "nobody had to" : payload.approvers.map(code).join(", ");
  return [
    `${plain(description)}${url === "" ? "" : ` ${link("endpoint", url)}`}`.trim(),
    `Model ${code(shortDigest(payload.digest))} · generation ${payload.generation} · deployment ${code(String(id))} · approved by ${approved}`,
  ].filter((line) => line !== "");
}

function list(requirements: readonly Requirement[]): string {
  return requirements.map(({ holds, sentence }) => `- ${holds ? "✅" : "❌"} ${plain(sentence)}`).join("\n");
}
