import type { Context } from "hono";
import { type Actor, actorName } from "../auth/actor.ts";
import { authenticate } from "../auth/authenticate.ts";
import { authorize } from "../auth/authorize.ts";
import type { Repository } from "../model/repository.ts";
import { findRepository, inTurn } from "../state.ts";
import type { Answer } from "./answer.ts";
import { ApiError, notFound } from "./api-error.ts";
import { Call, type CallRequest } from "./call.ts";
import { commonHeaders, contentOf, contentTypeOf, etagOf } from "./headers.ts";
import type { Match } from "./router.ts";
import type { World } from "./world.ts";

const anonymous: Actor = { kind: "anonymous" };

/** Takes one REST request from credentials to answer, and shows the exchange to the contract gate. */
export async function answerRest(
  world: World,
  context: Context,
  target: { match: Match; path: string },
): Promise<Response> {
  const { match, path } = target;
  let actor = anonymous;
  let request: CallRequest | undefined;
  let answer: Answer;
  try {
    request = await readRequest(context, path);
    actor = authenticate(world.state, request.headers.get("authorization"));
    answer = await handle(world, { match, request, actor });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    answer = { status: error.status, body: error.body() };
  }
  const { method, template } = match.route;
  const who = { kind: actor.kind, name: actorName(actor) };
  world.calls.add({ method, route: template, status: answer.status, actor: who, at: world.state.now() });
  if (request) showGate(world, request, answer);
  return toResponse(world, context.req.raw.headers, answer);
}

async function readRequest(context: Context, path: string): Promise<CallRequest> {
  const { method, headers, body } = context.req.raw;
  const query = new URL(context.req.url).searchParams;
  const isUpload = path.startsWith("/uploads/");
  const text = isUpload || body === null ? "" : await context.req.text();
  return { method, path, query, headers, body: parseJson(text), stream: isUpload ? body : null };
}

function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "Problems parsing JSON");
  }
}

async function handle(
  world: World,
  { match, request, actor }: { match: Match; request: CallRequest; actor: Actor },
): Promise<Answer> {
  const { route, parameters } = match;
  const repository = repositoryOf(world, parameters);
  authorize(actor, route.access, repository);
  const { state, events, faults } = world;
  const call = new Call({ state, events, faults, actor, request, parameters, repository });
  const work = async () => route.handle(call);
  return repository && route.method !== "GET" && request.stream === null ? inTurn(repository, work) : work();
}

function repositoryOf(world: World, parameters: Match["parameters"]): Repository | undefined {
  const { owner, repo } = parameters;
  if (owner === undefined || repo === undefined) return undefined;
  const repository = findRepository(world.state, `${owner}/${repo}`);
  if (!repository) throw notFound();
  return repository;
}

function showGate(world: World, request: CallRequest, answer: Answer): void {
  if (!world.gate) return;
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(request.query.keys())) {
    const values = request.query.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  const contentType = contentTypeOf(answer);
  const { method, body: requestBody } = request;
  // The contract knows one host; uploads have another on github.com.
  const path = request.path.replace(/^\/uploads(?=\/)/, "");
  const responseBody = answer.raw ? answer.raw.content : answer.body;
  world.gate.checkExchange({ method, path, query, requestBody, status: answer.status, responseBody, contentType });
}

function toResponse(world: World, requestHeaders: Headers, answer: Answer): Response {
  const content = contentOf(answer);
  const headers = new Headers({ ...commonHeaders(requestHeaders, world.calls.all().length), ...answer.headers });
  const contentType = contentTypeOf(answer);
  if (contentType !== "") headers.set("content-type", contentType);
  if (answer.status === 200 && (typeof content === "string" || Buffer.isBuffer(content))) {
    const etag = etagOf(content);
    headers.set("etag", etag);
    if (requestHeaders.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  }
  return new Response(content as ConstructorParameters<typeof Response>[0], { status: answer.status, headers });
}
