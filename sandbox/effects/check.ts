import type { Cause } from "../http/call.ts";
import type { App } from "../model/app.ts";
import type { CheckRun, CheckSuite } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import { checkRunItem, checkSuiteItem, suiteOutcome, suiteRuns } from "../resources/check.ts";

export interface SuiteRequest {
  readonly app: App;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly beforeSha: string | null;
}

/** The one suite of this app and commit, opened and announced when it is new. */
export async function ensureSuite(cause: Cause, repository: Repository, request: SuiteRequest): Promise<CheckSuite> {
  const { app, headSha } = request;
  const existing = [...repository.suites.values()].find(
    (suite) => suite.app.id === app.id && suite.headSha === headSha,
  );
  if (existing) return existing;
  const { state } = cause;
  const at = state.now();
  const suite: CheckSuite = { id: state.nextId(), ...request, createdAt: at, updatedAt: at };
  repository.suites.set(suite.id, suite);
  await announceSuite(cause, repository, { suite, action: "requested" });
  return suite;
}

async function announceSuite(
  { state, events, actor }: Cause,
  repository: Repository,
  { suite, action }: { suite: CheckSuite; action: "requested" | "rerequested" | "completed" },
): Promise<void> {
  const payload = { check_suite: await checkSuiteItem(state, repository, suite) };
  // A request asks one app for work; the end of a suite interests all.
  const audience = action === "completed" ? {} : { onlyApp: suite.app };
  events.emit(actor, repository, { name: "check_suite", action, payload, ...audience });
}

export async function announceCheckRun(
  cause: Cause,
  repository: Repository,
  { run, action }: { run: CheckRun; action: "created" | "completed" | "rerequested" },
): Promise<void> {
  const { state, events, actor } = cause;
  const check_suite = await checkSuiteItem(state, repository, run.suite);
  const payload = { check_run: { ...checkRunItem(state, repository, run), check_suite } };
  const audience = action === "rerequested" ? { onlyApp: run.app } : {};
  events.emit(actor, repository, { name: "check_run", action, payload, ...audience });
}

export async function checkCompleted(cause: Cause, repository: Repository, run: CheckRun): Promise<void> {
  run.suite.updatedAt = cause.state.now();
  await announceCheckRun(cause, repository, { run, action: "completed" });
  if (suiteOutcome(suiteRuns(repository, run.suite)).status === "completed") {
    await announceSuite(cause, repository, { suite: run.suite, action: "completed" });
  }
}
