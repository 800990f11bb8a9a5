import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopLocalTarget } from "#adapters/local/stop";
import type { DeploymentPayload } from "#core/deployment/payload";
import type { Narrator } from "../../../scripts/demo/narrator.ts";
import { OWNER, openStage, type Person, REPOSITORY, type Stage } from "../../../scripts/demo/stage.ts";
import { type Workflows, watchWorkflows } from "../../../scripts/demo/workflows.ts";
import { root } from "./bundled.ts";

export const here = { owner: OWNER, repo: REPOSITORY };

export const silent: Narrator = { step: (_, work) => work(), say: () => undefined };

export interface Theatre {
  readonly stage: Stage;
  readonly workflows: Workflows;
  close(): Promise<void>;
}

/** The demo's stage in a folder whose name holds a space, with its workflows. */
export async function openTheatre(): Promise<Theatre> {
  const folder = await mkdtemp(join(tmpdir(), "tidemark e2e-"));
  const stage = await openStage(root, folder);
  const workflows = watchWorkflows(stage);
  const close = async () => {
    workflows.stop();
    await workflows.settled();
    await stopLocalTarget(stage.serving.folder);
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { stage, workflows, close };
}

const QUIET_MS = 700;

/** Settles when no job runs, no delivery is under way and the bot has asked nothing for a while. */
export async function quiet({ stage, workflows }: Theatre): Promise<void> {
  const calls = () => stage.sandbox.calls.all().length + stage.sandbox.state.deliveries.size;
  for (let before = -1; before !== calls(); ) {
    before = calls();
    await workflows.settled();
    await stage.sandbox.idle();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

export async function say(stage: Stage, person: Person, on: { number: number; body: string }): Promise<number> {
  const { data } = await stage.as(person).issues.createComment({ ...here, issue_number: on.number, body: on.body });
  return data.id;
}

export async function deploymentsOf(stage: Stage) {
  const { repos } = stage.as("owner");
  const { data } = await repos.listDeployments({ ...here, per_page: 100 });
  const told = data.map(async ({ id, payload }) => {
    const { data: statuses } = await repos.listDeploymentStatuses({ ...here, deployment_id: id, per_page: 100 });
    return { id, payload: payload as DeploymentPayload, states: statuses.map(({ state }) => state) };
  });
  return Promise.all(told);
}

export async function pullsOf(stage: Stage) {
  const { data } = await stage.as("owner").pulls.list({ ...here, state: "all", per_page: 100 });
  return data;
}

/** Everything people can see of the repository, to say that nothing changed. */
export async function worldOf(stage: Stage) {
  const { issues, checks, git } = stage.as("owner");
  const pulls = await pullsOf(stage);
  const { data: comments } = await issues.listCommentsForRepo({ ...here, per_page: 100 });
  const runs = await Promise.all(
    pulls.map(({ head }) => checks.listForRef({ ...here, ref: head.sha, filter: "all", per_page: 100 })),
  );
  const { data: main } = await git.getRef({ ...here, ref: "heads/main" });
  return {
    main: main.object.sha,
    pulls: pulls.map(({ number, state, title, body, head }) => ({ number, state, title, body, head: head.sha })),
    comments: comments.map(({ id, body, user, updated_at }) => ({ id, body, by: user?.login, updated_at })),
    checks: runs.flatMap(({ data }) => data.check_runs.map(({ id, conclusion, output }) => [id, conclusion, output])),
    deployments: await deploymentsOf(stage),
  };
}
