import { z } from "zod";

type Environment = Readonly<Record<string, string | undefined>>;

// What GitHub's runner says of the job in the environment; see "default environment variables" in its documentation.
const Job = z.object({
  GITHUB_RUN_ID: z.coerce.number().int().min(1),
  GITHUB_RUN_ATTEMPT: z.coerce.number().int().min(1),
  GITHUB_SHA: z.string().regex(/^[0-9a-f]{40}$/),
});

const PullRequestEvent = z.object({
  pull_request: z.object({ head: z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) }) }),
});

export interface Job {
  readonly id: number;
  readonly attempt: number;
  /** The commit people mean: of a pull request its head, not the test merge the job checked out. */
  readonly headSha: string;
}

/** The job this process runs in; null on a developer's machine. @param event the parsed event, if there is one */
export function jobOf(environment: Environment, event: unknown): Job | null {
  const job = Job.safeParse(environment);
  if (!job.success) return null;
  const pullRequest = PullRequestEvent.safeParse(event);
  const headSha = pullRequest.success ? pullRequest.data.pull_request.head.sha : job.data.GITHUB_SHA;
  return { id: job.data.GITHUB_RUN_ID, attempt: job.data.GITHUB_RUN_ATTEMPT, headSha };
}

/** The page of the run this process is part of. */
export function runUrl({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: id,
}: Environment): string | undefined {
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined;
}
