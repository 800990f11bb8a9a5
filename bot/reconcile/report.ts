import { configAt } from "#core/config/config-at";
import type { TidemarkConfig } from "#core/config/tidemark-config";
import { UserError } from "#core/errors";
import type { PullRequest } from "#core/ports/code-host";
import { recordPath } from "#core/registry/release-record";
import { checkOf } from "#core/report/check-summary";
import { REPORT_MARKER } from "#core/report/comment-state";
import { type ReportComment, reportComment } from "#core/report/report-comment";
import type { BotPorts } from "../work.ts";
import { findReports } from "./find-reports.ts";

/**
 * Says what the newest run for a pull request's head proved, judged by the rules of the base branch: one comment, one
 * check run for each model. A repository without a configuration on the base branch does not use Tidemark.
 */
export async function reconcileReport(ports: BotPorts, pullRequest: PullRequest): Promise<void> {
  const base = await ports.host.branches.head(pullRequest.base.branch);
  if (base === undefined) return;
  const config = await configOrProblem(ports, base);
  if (config === undefined) return;
  if (config instanceof UserError) {
    const broken = { kind: "unusable", headSha: pullRequest.head.commit, problem: config.problem } as const;
    await ports.host.comments.upsert(pullRequest.number, REPORT_MARKER, reportComment(broken, ""));
    return;
  }
  const comment = await currentReport(ports, { pullRequest, base, config });
  const previous = await ports.host.comments.find(pullRequest.number, REPORT_MARKER);
  await ports.host.comments.upsert(pullRequest.number, REPORT_MARKER, reportComment(comment, previous?.body ?? ""));
  // The check run belongs to the commit: judged by another base's rules, it would open the way into the default branch.
  if (pullRequest.base.branch !== (await ports.host.branches.defaultBranch())) return;
  for (const model of modelsOf(comment, config)) await ports.host.checks.upsert(checkOf(model, comment));
}

/** A broken configuration names no model, so there is no check run to write: it is told in the comment. */
async function configOrProblem(ports: BotPorts, base: string): Promise<TidemarkConfig | UserError | undefined> {
  try {
    return await configAt(ports, base);
  } catch (error) {
    if (error instanceof UserError && !error.code.startsWith("GITHUB_")) return error;
    throw error;
  }
}

interface Question {
  readonly pullRequest: PullRequest;
  readonly base: string;
  readonly config: TidemarkConfig;
}

async function currentReport(ports: BotPorts, { pullRequest, base, config }: Question): Promise<ReportComment> {
  const headSha = pullRequest.head.commit;
  try {
    await refuseRecordChange(ports, pullRequest);
    const found = await findReports(ports, { headSha, base, config });
    if (found.kind === "running") return { kind: "running", headSha };
    return { kind: "judged", headSha, reports: found.reports };
  } catch (error) {
    if (!(error instanceof UserError) || error.code.startsWith("GITHUB_")) throw error;
    return { kind: "unusable", headSha, problem: error.message };
  }
}

/** A good report proves a candidate, not what somebody wrote into a release record beside it. */
async function refuseRecordChange({ host }: BotPorts, { number }: PullRequest): Promise<void> {
  const changed = await host.pullRequests.changedFiles(number);
  const record = changed.find((path) => recordPath.parse(path) !== undefined);
  if (record === undefined) return;
  throw new UserError(
    "RECORD_TOUCHED",
    `This pull request changes ${record}, which only a promotion, rollback or resume pull request may.`,
    "Take the change out and ask with /model promote or /model rollback.",
  );
}

/** A report of some models leaves the others alone; a failure is told on all of them. */
function modelsOf(comment: ReportComment, config: TidemarkConfig): readonly string[] {
  return comment.kind === "judged" ? comment.reports.map(({ evidence }) => evidence.model) : Object.keys(config.models);
}
