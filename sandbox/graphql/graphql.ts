import type { Context } from "hono";
import { z } from "zod";
import { type Actor, actorName, appOf } from "../auth/actor.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ApiError } from "../http/api-error.ts";
import type { Cause } from "../http/call.ts";
import type { World } from "../http/world.ts";
import { createCommitOnBranch } from "./create-commit.ts";
import { GraphqlError } from "./graphql-error.ts";
import { enableAutoMerge, minimizeComment } from "./mutations.ts";

const Request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

type Resolver = (cause: Cause, input: unknown) => unknown;

/** Fixed documents only: what the suite sends. The answer holds every field these mutations may select. */
const RESOLVERS: Readonly<Record<string, Resolver>> = {
  createCommitOnBranch,
  minimizeComment,
  enablePullRequestAutoMerge: enableAutoMerge,
  viewer: ({ actor }) => ({ login: actorName(actor), __typename: appOf(actor) ? "Bot" : "User" }),
};

export async function answerGraphql(world: World, context: Context): Promise<Response> {
  let actor: Actor = { kind: "anonymous" };
  let field = "unknown";
  let response: Response;
  try {
    actor = authenticate(world.state, context.req.header("authorization") ?? null);
    if (actor.kind === "anonymous") throw new ApiError(401, "This endpoint requires you to be authenticated.");
    const request = Request.parse(await context.req.json());
    field = fieldOf(request.query);
    response = await resolve({ state: world.state, events: world.events, actor }, field, request.variables);
  } catch (error) {
    response = refuse(error);
  }
  const who = { kind: actor.kind, name: actorName(actor) };
  world.calls.add({
    method: "POST",
    route: `/graphql ${field}`,
    status: response.status,
    actor: who,
    at: world.state.now(),
  });
  return response;
}

/** The first field of the operation, such as `minimizeComment`. */
function fieldOf(query: string): string {
  return /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(query)?.[1] ?? "unknown";
}

async function resolve(cause: Cause, field: string, variables: Record<string, unknown>): Promise<Response> {
  const resolver = RESOLVERS[field];
  if (!resolver) {
    throw new GraphqlError("undefinedField", `Field '${field}' is not served by the sandbox`);
  }
  return Response.json({ data: { [field]: await resolver(cause, variables["input"] ?? variables) } });
}

function refuse(error: unknown): Response {
  if (error instanceof ApiError) return Response.json(error.body(), { status: error.status });
  if (error instanceof GraphqlError) {
    return Response.json({ data: null, errors: [{ type: error.type, message: error.message }] });
  }
  if (error instanceof z.ZodError) {
    return Response.json({ errors: [{ type: "argumentLiteralsIncompatible", message: z.prettifyError(error) }] });
  }
  throw error;
}
