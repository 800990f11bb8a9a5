import { execFile } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type JobPlace, runActionStep, runShellStep, type StepResult } from "#sandbox/runner/step";
import { FULL_NAME, OWNER, PEOPLE, REPOSITORY, type Stage } from "./stage.ts";

export interface JobRequest {
  readonly workflow: { readonly path: string; readonly name: string };
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly headSha: string;
  readonly headBranch: string;
  readonly permissions: Readonly<Record<string, "read" | "write">>;
  readonly steps: (job: Job) => Promise<void>;
}

/** One job of a workflow run, as its steps see it. */
export interface Job {
  readonly workspace: string;
  /** One of our bundled actions. A verdict that is not pass fails the job and lets the later steps run. */
  uses(action: string, inputs: Readonly<Record<string, string>>): Promise<StepResult>;
  run(line: string): Promise<StepResult>;
}

export interface JobOutcome {
  readonly runId: number;
  readonly workspace: string;
  readonly steps: readonly StepResult[];
}

/** Runs a job the way GitHub's runner does: checkout, steps as child processes, then the run is completed. */
export async function runJob(stage: Stage, request: JobRequest): Promise<JobOutcome> {
  const { workflow, event, headSha, headBranch, permissions } = request;
  const run = stage.sandbox.startRun({
    repository: FULL_NAME,
    workflow,
    event: event.name,
    headSha,
    headBranch,
    actor: PEOPLE.owner,
    permissions,
  });
  const place = await prepare(stage, request, run);
  const steps: StepResult[] = [];
  const note = async (step: Promise<StepResult>): Promise<StepResult> => {
    const result = await step;
    steps.push(result);
    run.record(result);
    return result;
  };
  const job: Job = {
    workspace: place.workspace,
    uses: (action, inputs) => note(runActionStep(place, { folder: join(stage.root, "actions", action), with: inputs })),
    run: (line) => note(runShellStep(place, line)),
  };
  try {
    await request.steps(job);
  } finally {
    await run.complete(steps.length > 0 && steps.every(({ exitCode }) => exitCode === 0) ? "success" : "failure");
  }
  return { runId: run.id, workspace: place.workspace, steps };
}

/** The checkout at the commit, and the installed packages where a workflow would run npm ci. */
async function prepare(
  stage: Stage,
  { event, headSha }: JobRequest,
  run: { id: number; environment: Record<string, string> },
): Promise<JobPlace> {
  const folder = join(stage.folder, "jobs", String(run.id));
  const workspace = join(folder, REPOSITORY);
  const temp = join(folder, "temp");
  await mkdir(temp, { recursive: true });
  const { GITHUB_TOKEN: token = "", ...environment } = run.environment;
  const origin = `${stage.sandbox.url.replace("://", `://x-access-token:${token}@`)}/${FULL_NAME}.git`;
  const git = promisify(execFile);
  await git("git", ["clone", "--quiet", "--no-checkout", origin, workspace]);
  await git("git", ["-C", workspace, "checkout", "--quiet", "--detach", headSha]);
  // The credential stays out of the checkout, as with persist-credentials: false.
  await git("git", ["-C", workspace, "remote", "set-url", "origin", `${stage.sandbox.url}/${FULL_NAME}.git`]);
  await symlink(join(stage.root, "node_modules"), join(workspace, "node_modules"), "dir");
  const eventPath = join(temp, "event.json");
  await writeFile(eventPath, JSON.stringify(event.payload));
  return {
    workspace,
    temp,
    environment: { ...environment, GITHUB_EVENT_PATH: eventPath },
    context: contextOf(stage, environment, { token, event }),
  };
}

function contextOf(
  stage: Stage,
  environment: Record<string, string>,
  job: { token: string; event: JobRequest["event"] },
): Record<string, string> {
  const deployment = (job.event.payload as { deployment?: { id?: number } }).deployment;
  return {
    "github.token": job.token,
    "github.repository": FULL_NAME,
    "github.repository_owner": OWNER,
    "github.api_url": stage.sandbox.url,
    "github.event_name": job.event.name,
    "github.actor": PEOPLE.owner,
    "github.sha": environment["GITHUB_SHA"] ?? "",
    "github.event.deployment.id": String(deployment?.id ?? ""),
  };
}
