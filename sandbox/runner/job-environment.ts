import type { Repository } from "../model/repository.ts";
import type { Run } from "../model/workflow.ts";
import type { SandboxState } from "../state.ts";

/** What a step of this run finds in its environment, as far as it points at GitHub. */
export function jobEnvironment(
  state: SandboxState,
  { repository, run, token }: { repository: Repository; run: Run; token: string },
): Record<string, string> {
  const { port } = new URL(state.url);
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_TOKEN: token,
    GITHUB_API_URL: state.url,
    GITHUB_GRAPHQL_URL: `${state.url}/graphql`,
    // @actions/artifact refuses hosts that look like GitHub Enterprise Server; nothing is called at this one.
    GITHUB_SERVER_URL: `http://sandbox.localhost:${port}`,
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_REPOSITORY_OWNER: repository.owner.login,
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_NUMBER: String(run.number),
    GITHUB_RUN_ATTEMPT: String(run.attempt),
    GITHUB_SHA: run.headSha,
    GITHUB_REF: `refs/heads/${run.headBranch}`,
    GITHUB_REF_NAME: run.headBranch,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_ACTOR: run.actor.login,
    GITHUB_WORKFLOW: run.workflow.name,
    GITHUB_WORKFLOW_REF: `${repository.fullName}/${run.workflow.path}@refs/heads/${run.headBranch}`,
    ACTIONS_RESULTS_URL: `${state.url}/`,
    ACTIONS_RUNTIME_TOKEN: runtimeToken(run),
  };
}

/** Clients read the scope and never verify; so neither is it signed. */
function runtimeToken(run: Run): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { scp: `Actions.Results:${run.backendId}:${run.jobBackendId}`, exp: 4_102_444_800 };
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.unsigned`;
}
