import { z } from "zod";
import { type InRepository, on, InRepository as Place, pullRequestItem, repositoryItem } from "./handler.ts";

const Subject = z.object({ pull_request: z.object({ number: z.number().int().min(1) }) });

export const pullRequests = on(
  [
    "pull_request.opened",
    "pull_request.synchronize",
    "pull_request.reopened",
    "pull_request.ready_for_review",
    "pull_request.edited",
    "pull_request.closed",
    "pull_request_review",
  ],
  Place.and(Subject),
  ({ at, pull_request }) => [pullRequestItem(at, pull_request.number)],
);

const Related = z.object({
  pull_requests: z.array(
    z.object({
      number: z.number().int().min(1),
      base: z.object({ repo: z.object({ id: z.number() }) }),
    }),
  ),
});

/** Empty for a fork's pull request and for a push; a fork's own runs name pull requests of the parent. */
function relatedItems({ at, id }: InRepository, related: z.output<typeof Related>) {
  const own = related.pull_requests.filter((pull) => pull.base.repo.id === id);
  return own.length === 0 ? [repositoryItem(at)] : own.map((pull) => pullRequestItem(at, pull.number));
}

export const workflowRuns = on(
  ["workflow_run.requested", "workflow_run.completed"],
  Place.and(z.object({ workflow_run: Related.extend({ event: z.string().optional() }) })),
  // A run of a push, a deployment or a schedule brings no report of a pull request.
  ({ workflow_run: run, ...place }) =>
    run.event === undefined || run.event === "pull_request" || run.pull_requests.length > 0
      ? relatedItems(place, run)
      : [],
);

/** "Re-run" on one check, and "Re-run all checks". */
export const checkRuns = on(["check_run.rerequested"], Place.and(z.object({ check_run: Related })), (payload) =>
  relatedItems(payload, payload.check_run),
);

export const checkSuites = on(["check_suite.rerequested"], Place.and(z.object({ check_suite: Related })), (payload) =>
  relatedItems(payload, payload.check_suite),
);
