import { z } from "zod";
import { promotionBranch } from "#core/promotion/branch";
import { type JobOutcome, runJob } from "./job.ts";
import { FULL_NAME, type Stage } from "./stage.ts";

export const MODEL = "bird-damage";
export const ENVIRONMENT = "production";

const PullRequestEvent = z.object({ pull_request: z.object({ head: z.object({ sha: z.string(), ref: z.string() }) }) });
const PushEvent = z.object({
  ref: z.literal("refs/heads/main"),
  after: z.string(),
  before: z.string(),
  commits: z.array(
    z.object({ added: z.array(z.string()), modified: z.array(z.string()), removed: z.array(z.string()) }),
  ),
});
const DeploymentEvent = z.object({ deployment: z.object({ id: z.number(), sha: z.string() }) });

/** The workflows of the repository, started by the same events as on GitHub. The demo waits for their ends. */
export interface Workflows {
  /** Every job so far, in the order of their ends. */
  readonly ended: readonly (JobOutcome & { readonly workflow: string; readonly headSha: string })[];
  readonly failures: readonly unknown[];
  /** Settles when every job that was started has ended. */
  settled(): Promise<void>;
  stop(): void;
}

export function watchWorkflows(stage: Stage): Workflows {
  const ended: (JobOutcome & { workflow: string; headSha: string })[] = [];
  const failures: unknown[] = [];
  const started: Promise<unknown>[] = [];
  const start = (workflow: string, headSha: string, job: Promise<JobOutcome>): void => {
    const noted = job.then(
      (outcome) => ended.push({ ...outcome, workflow, headSha }),
      (error: unknown) => failures.push(error),
    );
    started.push(noted);
  };
  const stop = stage.sandbox.on(({ name, action, repository, payload, causedByJobToken }) => {
    if (repository !== FULL_NAME || causedByJobToken === true) return;
    if (name === "pull_request" && (action === "opened" || action === "synchronize"))
      onPullRequest(stage, payload, start);
    if (name === "push") onPush(stage, payload, start);
    if (name === "deployment" && action === "created") onDeployment(stage, payload, start);
  });
  const settled = async () => void (await Promise.all(started));
  return { ended, failures, settled, stop };
}

type Start = (workflow: string, headSha: string, job: Promise<JobOutcome>) => void;

function onPullRequest(stage: Stage, payload: unknown, start: Start): void {
  const { head } = PullRequestEvent.parse(payload).pull_request;
  if (promotionBranch.parse(head.ref) !== undefined) return;
  start("model-ci", head.sha, modelCi(stage, { name: "pull_request", payload }, { sha: head.sha, branch: head.ref }));
}

/** A push that only changes release records trains nothing; see `paths-ignore` in the template. */
function onPush(stage: Stage, payload: unknown, start: Start): void {
  const push = PushEvent.safeParse(payload);
  if (!push.success) return;
  const { after, before, commits } = push.data;
  const paths = commits.flatMap(({ added, modified, removed }) => [...added, ...modified, ...removed]);
  if (paths.length > 0 && paths.every((path) => path.startsWith("registry/"))) return;
  const event = { name: "push", payload };
  const isFirst = /^0+$/.test(before);
  start("promote", after, isFirst ? firstModel(stage, event, after) : promote(stage, event, after));
}

function onDeployment(stage: Stage, payload: unknown, start: Start): void {
  const { sha } = DeploymentEvent.parse(payload).deployment;
  start("deploy", sha, deploy(stage, { name: "deployment", payload }, sha));
}

interface Event {
  readonly name: string;
  readonly payload: unknown;
}

/** workflows-templates/model-ci.yml: what runs on a pull request, with a token that can only read. */
function modelCi(stage: Stage, event: Event, head: { sha: string; branch: string }): Promise<JobOutcome> {
  return runJob(stage, {
    workflow: { path: ".github/workflows/model-ci.yml", name: "model-ci" },
    event,
    headSha: head.sha,
    headBranch: head.branch,
    permissions: { contents: "read" },
    steps: async (job) => {
      await job.run("npm run --silent data");
      const validated = await job.uses("validate-data", { model: MODEL });
      if (validated.exitCode > 1) return;
      const trained = await job.uses("train", { model: MODEL });
      if (trained.exitCode !== 0) return;
      const compared = await job.uses("compare-metrics", { model: MODEL });
      if (compared.exitCode <= 1) await job.uses("report", { model: MODEL });
    },
  });
}

async function firstModel(stage: Stage, event: Event, sha: string): Promise<JobOutcome> {
  await modelCi(stage, event, { sha, branch: "main" });
  return promote(stage, event, sha);
}

/** workflows-templates/promote.yml: opens the promotion pull request for what was merged. */
function promote(stage: Stage, event: Event, sha: string): Promise<JobOutcome> {
  return runJob(stage, {
    workflow: { path: ".github/workflows/promote.yml", name: "promote" },
    event,
    headSha: sha,
    headBranch: "main",
    permissions: { actions: "read", contents: "write", pull_requests: "write" },
    steps: async (job) => {
      await job.uses("promote", { model: MODEL, environment: ENVIRONMENT });
    },
  });
}

/** workflows-templates/deploy.yml: carries out the deployment the bot has created. */
function deploy(stage: Stage, event: Event, sha: string): Promise<JobOutcome> {
  return runJob(stage, {
    workflow: { path: ".github/workflows/deploy.yml", name: "deploy" },
    event,
    headSha: sha,
    headBranch: "main",
    permissions: { contents: "read", deployments: "write" },
    steps: async (job) => {
      await job.uses("deploy", {});
    },
  });
}
