import { randomUUID } from "node:crypto";
import type { Actor } from "../auth/actor.ts";
import { announceCheckRun, checkCompleted } from "../effects/check.ts";
import type { Events } from "../events/events.ts";
import type { Cause } from "../http/call.ts";
import { newToken } from "../identifiers.ts";
import type { Permissions } from "../model/app.ts";
import type { CheckRun } from "../model/check.ts";
import type { Repository } from "../model/repository.ts";
import type { Run, Workflow } from "../model/workflow.ts";
import { runItem, workflowItem } from "../resources/workflow.ts";
import { inTurn, knownAccount, knownRepository, type SandboxState } from "../state.ts";
import { jobEnvironment } from "./job-environment.ts";
import type { StepResult } from "./step.ts";

export interface NewRun {
  readonly repository: string;
  readonly workflow: { readonly path: string; readonly name: string };
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly actor: string;
  readonly permissions: Permissions;
}

export type FinishedStep = Pick<StepResult, "name" | "exitCode" | "seconds" | "log" | "summary">;

export interface WorkflowRun {
  readonly id: number;
  readonly attempt: number;
  readonly environment: Record<string, string>;
  /** Keeps what a step did for the run's page. */
  record(step: FinishedStep): void;
  complete(conclusion: "success" | "failure" | "cancelled"): Promise<void>;
}

/** The workflow at this path, registered when it is new. */
export function ensureWorkflow(state: SandboxState, repository: Repository, given: NewRun["workflow"]): Workflow {
  const existing = [...repository.workflows.values()].find(({ path }) => path === given.path);
  if (existing) return existing;
  const workflow = { id: state.nextId(), ...given, createdAt: state.now() };
  repository.workflows.set(workflow.id, workflow);
  return workflow;
}

export function startRun(state: SandboxState, events: Events, wanted: NewRun): WorkflowRun {
  const repository = knownRepository(state, wanted.repository);
  const actor: Actor = { kind: "user", account: knownAccount(state, wanted.actor) };
  const cause = { state, events, actor };
  const run = newRun(state, repository, wanted);
  repository.runs.set(run.id, run);
  const token = newToken("ghs");
  state.jobTokens.set(token, { repository, runId: run.id, permissions: wanted.permissions });
  const check = jobCheck(state, repository, run);
  void inTurn(repository, () => announceStart(cause, repository, { run, check }));
  return {
    id: run.id,
    attempt: run.attempt,
    environment: jobEnvironment(state, { repository, run, token }),
    record: ({ name, exitCode, seconds, log, summary }) => {
      run.steps.push({ name, outcome: exitCode === 0 ? "success" : "failure", seconds, log, summary });
    },
    complete: (conclusion) =>
      inTurn(repository, async () => {
        state.jobTokens.delete(token);
        await finish(cause, repository, { run, check, conclusion });
      }),
  };
}

function newRun(state: SandboxState, repository: Repository, wanted: NewRun): Run {
  const at = state.now();
  return {
    id: state.nextId(),
    number: repository.runs.size + 1,
    attempt: 1,
    workflow: ensureWorkflow(state, repository, wanted.workflow),
    event: wanted.event,
    headSha: wanted.headSha,
    headBranch: wanted.headBranch,
    actor: knownAccount(state, wanted.actor),
    suite: newSuite(state, repository, wanted),
    jobBackendId: randomUUID(),
    backendId: randomUUID(),
    steps: [],
    status: "in_progress",
    conclusion: null,
    createdAt: at,
    updatedAt: at,
  };
}

/** Every run has a suite of its own, unlike the one that other apps get per commit. */
function newSuite(state: SandboxState, repository: Repository, { headSha, headBranch }: NewRun) {
  const at = state.now();
  const id = state.nextId();
  const suite = { id, app: state.actionsApp, headSha, headBranch, beforeSha: null, createdAt: at, updatedAt: at };
  repository.suites.set(id, suite);
  return suite;
}

/** GitHub shows each job as a check run of the same name. */
function jobCheck(state: SandboxState, repository: Repository, run: Run): CheckRun {
  const check: CheckRun = {
    id: state.nextId(),
    suite: run.suite,
    app: state.actionsApp,
    name: run.workflow.name,
    headSha: run.headSha,
    status: "in_progress",
    conclusion: null,
    detailsUrl: `${state.url}/${repository.fullName}/actions/runs/${run.id}`,
    externalId: run.jobBackendId,
    startedAt: run.createdAt,
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
  };
  repository.checkRuns.set(check.id, check);
  return check;
}

interface Started {
  readonly run: Run;
  readonly check: CheckRun;
}

async function announceStart(cause: Cause, repository: Repository, { run, check }: Started): Promise<void> {
  await announceRun(cause, repository, { run, action: "requested" });
  await announceCheckRun(cause, repository, { run: check, action: "created" });
  await announceRun(cause, repository, { run, action: "in_progress" });
}

async function finish(
  cause: Cause,
  repository: Repository,
  { run, check, conclusion }: Started & { conclusion: "success" | "failure" | "cancelled" },
): Promise<void> {
  const at = cause.state.now();
  Object.assign(check, { status: "completed", conclusion, completedAt: at });
  Object.assign(run, { status: "completed", conclusion, updatedAt: at });
  await checkCompleted(cause, repository, check);
  await announceRun(cause, repository, { run, action: "completed" });
}

async function announceRun(
  { state, events, actor }: Cause,
  repository: Repository,
  { run, action }: { run: Run; action: "requested" | "in_progress" | "completed" },
): Promise<void> {
  const rendered = await runItem(state, repository, run);
  const status = action === "requested" ? "queued" : rendered.status;
  const workflow_run = { ...rendered, status };
  const workflow = workflowItem(state, repository, run.workflow);
  events.emit(actor, repository, { name: "workflow_run", action, payload: { workflow_run, workflow } });
}
