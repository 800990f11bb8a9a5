import { ApiError } from "../http/api-error.ts";
import type { SandboxState } from "../state.ts";
import type { Actor } from "./actor.ts";
import { isJwt, verifyAppJwt } from "./app-jwt.ts";

const badCredentials = () => new ApiError(401, "Bad credentials");

/** Who an Authorization header speaks for. A missing header is anonymous; a wrong one is 401, never anonymous. */
export function authenticate(state: SandboxState, authorization: string | null): Actor {
  if (authorization === null || authorization === "") return { kind: "anonymous" };
  const [scheme = "", credential = ""] = authorization.trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case "basic":
      return actorOfToken(state, passwordOf(credential));
    case "token":
    case "bearer":
      return isJwt(credential)
        ? { kind: "app", app: verifyAppJwt(credential, state.apps) }
        : actorOfToken(state, credential);
    default:
      throw badCredentials();
  }
}

/** `git` sends the token as password, with any user name. */
function passwordOf(credential: string): string {
  const decoded = Buffer.from(credential, "base64").toString();
  return decoded.slice(decoded.indexOf(":") + 1);
}

function actorOfToken(state: SandboxState, token: string): Actor {
  const account = state.personalTokens.get(token);
  if (account) return { kind: "user", account };
  return installationActor(state, token) ?? jobActor(state, token) ?? refuse();
}

function refuse(): never {
  throw badCredentials();
}

function installationActor(state: SandboxState, token: string): Actor | undefined {
  const granted = state.installationTokens.get(token);
  if (!granted || Date.parse(granted.expiresAt) <= Date.now()) return undefined;
  const { installation, permissions } = granted;
  const repositoryIds = new Set([...granted.repositoryIds].filter((id) => installation.repositoryIds.has(id)));
  const { app } = installation;
  return { kind: "installation", app, account: app.bot, installation, permissions, repositoryIds };
}

function jobActor(state: SandboxState, token: string): Actor | undefined {
  const job = state.jobTokens.get(token);
  if (!job) return undefined;
  const repositoryIds = new Set([job.repository.id]);
  const { runId, permissions } = job;
  return { kind: "job", app: state.actionsApp, account: state.actionsApp.bot, runId, permissions, repositoryIds };
}
