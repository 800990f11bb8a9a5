import { z } from "zod";
import type { Runs, WorkflowRun } from "#core/ports/code-host";
import type { Client } from "./client.ts";
import { everyItem } from "./pages.ts";

const Run = z
  .object({
    id: z.number(),
    run_attempt: z.number().default(1),
    head_sha: z.string(),
    path: z.string(),
    event: z.string(),
    status: z.string().nullable(),
    conclusion: z.string().nullable(),
    html_url: z.string(),
    repository: z.object({ full_name: z.string() }),
    head_repository: z.object({ full_name: z.string() }).nullish(),
  })
  .transform(
    (raw): WorkflowRun => ({
      id: raw.id,
      attempt: raw.run_attempt,
      headSha: raw.head_sha,
      // Runs of reusable workflows name a ref as well: `path@ref`.
      path: raw.path.split("@")[0] ?? "",
      event: raw.event,
      status: raw.status ?? "unknown",
      conclusion: raw.conclusion ?? undefined,
      url: raw.html_url,
      sameRepository: raw.head_repository?.full_name === raw.repository.full_name,
    }),
  );

export function repositoryRuns(client: Client): Runs {
  return {
    get: (id) => client.read("GET /repos/{owner}/{repo}/actions/runs/{run_id}", Run, { run_id: id }),
    ofCommit: (commit) =>
      everyItem(client, {
        route: "GET /repos/{owner}/{repo}/actions/runs",
        item: Run,
        field: "workflow_runs",
        parameters: { head_sha: commit },
      }),
  };
}
