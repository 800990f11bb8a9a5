import type { Context } from "hono";
import { type Actor, accountOf } from "../auth/actor.ts";
import { authenticate } from "../auth/authenticate.ts";
import { authorize } from "../auth/authorize.ts";
import { refMoved } from "../effects/push.ts";
import { type CgiRequest, httpBackend } from "../git/http-backend.ts";
import { type RefMove, ZERO_SHA } from "../git/store.ts";
import { ApiError } from "../http/api-error.ts";
import { needs } from "../http/route.ts";
import type { World } from "../http/world.ts";
import type { Repository } from "../model/repository.ts";
import { findRepository, inTurn } from "../state.ts";

const GIT_PATH = /^\/(?<owner>[^/]+)\/(?<name>[^/]+?)(\.git)?(?<path>\/(info\/refs|git-upload-pack|git-receive-pack))$/;

export function isGitPath(path: string): boolean {
  return GIT_PATH.test(path);
}

/** Clone, fetch and push over git's smart HTTP protocol. */
export async function answerGit(world: World, context: Context): Promise<Response> {
  const url = new URL(context.req.url);
  const { owner = "", name = "", path = "" } = GIT_PATH.exec(url.pathname)?.groups ?? {};
  const writes = path === "/git-receive-pack" || url.searchParams.get("service") === "git-receive-pack";
  const authorization = context.req.header("authorization") ?? null;
  try {
    const repository = findRepository(world.state, `${owner}/${name}`);
    const actor = authenticate(world.state, authorization);
    if (!repository) throw new ApiError(actor.kind === "anonymous" ? 401 : 404, "Repository not found.");
    mayUse(actor, repository, writes);
    const request = cgiRequest(context, { path, query: url.search.slice(1), user: accountOf(actor)?.login });
    return path === "/git-receive-pack"
      ? await inTurn(repository, () => receive(world, { repository, actor, request }))
      : await transfer(repository, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const headers = error.status === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
    return new Response(error.message, { status: error.status, headers });
  }
}

/** Git clients take 401 as "ask for a password" and 403 as final. */
function mayUse(actor: Actor, repository: Repository, writes: boolean): void {
  try {
    authorize(actor, needs(writes ? "contents:write" : "contents:read"), repository);
  } catch (error) {
    const refused = error instanceof ApiError;
    if (refused && actor.kind === "anonymous") throw new ApiError(401, "Authentication required.");
    if (refused && writes) throw new ApiError(403, `Permission to ${repository.fullName}.git denied.`);
    throw error;
  }
}

function cgiRequest(context: Context, place: { path: string; query: string; user: string | undefined }): CgiRequest {
  const header = (name: string) => context.req.header(name) ?? "";
  return {
    ...place,
    method: context.req.method,
    contentType: header("content-type"),
    contentEncoding: header("content-encoding"),
    protocol: header("git-protocol"),
    body: context.req.raw.body,
  };
}

async function transfer(repository: Repository, request: CgiRequest): Promise<Response> {
  const { status, headers, body } = await httpBackend(repository.git, request);
  return new Response(body, { status, headers });
}

interface Push {
  readonly repository: Repository;
  readonly actor: Actor;
  readonly request: CgiRequest;
}

/** What moved is read from the refs before and after, so it is what git did and not what the client asked. */
async function receive(world: World, { repository, actor, request }: Push): Promise<Response> {
  const before = await repository.git.refs("refs/");
  const { status, headers, body, done } = await httpBackend(repository.git, request);
  const content = await new Response(body).arrayBuffer();
  await done;
  const after = await repository.git.refs("refs/");
  const cause = { state: world.state, events: world.events, actor };
  for (const move of movedRefs(before, after)) await refMoved(cause, repository, move);
  return new Response(content, { status, headers });
}

type Refs = ReadonlyMap<string, { readonly sha: string }>;

function movedRefs(before: Refs, after: Refs): RefMove[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((ref) => ({ ref, from: before.get(ref)?.sha ?? ZERO_SHA, to: after.get(ref)?.sha ?? ZERO_SHA }))
    .filter(({ from, to }) => from !== to);
}
