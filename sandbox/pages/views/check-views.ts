import type { CheckRun, CommitStatus } from "../../model/check.ts";
import type { PullRequest } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import type { SandboxState } from "../../state.ts";
import type { CheckView, Outcome } from "../view.ts";

interface Reported {
  readonly context: string;
  /** Undefined for a commit status, which no app owns. */
  readonly appId: number | undefined;
  readonly view: CheckView;
}

/** The newest of everything that reported under one name; a rerun replaces what it repeats. */
function newest<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Item[] {
  return [...new Map([...items].map((item) => [keyOf(item), item])).values()];
}

function runReport({ app, name, status, conclusion, output, detailsUrl }: CheckRun): Reported {
  const summary = [output.summary, output.text].filter((text) => text !== null).join("\n\n");
  const outcome: Outcome = { status, conclusion: conclusion ?? undefined };
  const words = { title: output.title ?? undefined, summary, detailsUrl: detailsUrl ?? undefined };
  return { context: name, appId: app.id, view: { ...outcome, ...words, name, app: app.name } };
}

const STATUS_OUTCOMES: Readonly<Record<CommitStatus["state"], Outcome>> = {
  pending: { status: "in_progress" },
  success: { status: "completed", conclusion: "success" },
  failure: { status: "completed", conclusion: "failure" },
  error: { status: "completed", conclusion: "failure" },
};

function statusReport({ context, state, description, targetUrl, creator }: CommitStatus): Reported {
  const words = { title: description ?? undefined, detailsUrl: targetUrl ?? undefined };
  return {
    context,
    appId: undefined,
    view: { ...STATUS_OUTCOMES[state], ...words, name: context, app: creator.login.replace(/\[bot\]$/, "") },
  };
}

function reportsOn(repository: Repository, sha: string): Reported[] {
  const runs = [...repository.checkRuns.values()].filter(({ headSha }) => headSha === sha);
  const statuses = repository.statuses.filter((status) => status.sha === sha);
  return [
    ...newest(runs, ({ app, name }) => `${app.id} ${name}`).map(runReport),
    ...newest(statuses, ({ context }) => context).map(statusReport),
  ];
}

/** What reported on the head of a pull request, and what the protected branch still waits for. */
export function checkViews(state: SandboxState, repository: Repository, { pull }: PullRequest): CheckView[] {
  const required = repository.protections.get(pull.baseBranch)?.requiredChecks ?? [];
  const reports = reportsOn(repository, pull.headSha);
  const fits = (wanted: (typeof required)[number], { context, appId }: Reported): boolean =>
    wanted.context === context && (wanted.appId === undefined || wanted.appId === appId);
  const missing = required.filter((wanted) => !reports.some((report) => fits(wanted, report)));
  const awaited = missing.map(({ context, appId }): CheckView => {
    const app = (appId === undefined ? undefined : state.apps.get(appId))?.name ?? "expected";
    return { name: context, app, status: "queued", title: "waiting for status to be reported", isRequired: true };
  });
  const isRequired = (report: Reported): boolean => required.some((wanted) => fits(wanted, report));
  const seen = reports.map((report) => ({ ...report.view, isRequired: isRequired(report) }));
  return [...seen, ...(pull.mergedAt === undefined ? awaited : [])];
}
