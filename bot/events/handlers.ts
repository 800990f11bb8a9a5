import { comments } from "./comments.ts";
import { deployments } from "./deployments.ts";
import type { EventHandler } from "./handler.ts";
import { installations, installedRepositories } from "./installations.ts";
import { checkRuns, checkSuites, pullRequests, workflowRuns } from "./pull-requests.ts";
import { pushes } from "./pushes.ts";

/** Every event the bot listens to. bot/app.yml subscribes to the same ones. */
export const handlers: readonly EventHandler[] = [
  pullRequests,
  workflowRuns,
  checkRuns,
  checkSuites,
  comments,
  pushes,
  deployments,
  installations,
  installedRepositories,
];

/** Without their actions, as `X-GitHub-Event` says them. */
export const eventNames: ReadonlySet<string> = new Set(
  handlers.flatMap((handler) => handler.events.map((event) => event.split(".")[0] ?? event)),
);
