import type { CodeHost } from "#core/ports/code-host";
import type { ObjectStore } from "#core/ports/object-store";
import { gitHubHost } from "./code-host.ts";
import { tokenOctokit } from "./octokit.ts";
import { releaseStore } from "./release-store.ts";

export interface JobAccess {
  readonly token: string;
  readonly apiUrl: string;
  /** owner/name */
  readonly repository: string;
}

/** What a job's token opens: the repository, and the store in its releases. */
export interface JobRepository {
  readonly host: CodeHost;
  readonly releaseStore: ObjectStore;
}

// The login under which GitHub shows what a job's own token writes.
const JOB_LOGIN = "github-actions[bot]";

export function connectJob({ token, apiUrl, repository }: JobAccess): JobRepository {
  const [owner = "", name = ""] = repository.split("/");
  const access = { octokit: tokenOctokit({ token, apiUrl }), owner, name };
  return { host: gitHubHost({ ...access, login: JOB_LOGIN }), releaseStore: releaseStore(access) };
}
