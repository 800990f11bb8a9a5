import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type HttpBindings, type ServerType, serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { answerGraphql } from "../graphql/graphql.ts";
import { answerGit, isGitPath } from "../host/git-door.ts";
import { twirpRoutes } from "../runner/artifact-service.ts";
import { blobRoutes } from "../runner/blob-door.ts";
import type { BlobStore } from "../runner/blob-store.ts";
import { faultGate, withoutPrefix } from "./fault-gate.ts";
import { answerRest } from "./rest.ts";
import type { Route } from "./route.ts";
import { createRouter } from "./router.ts";
import type { World } from "./world.ts";

export interface Doors {
  readonly routes: readonly Route[];
  readonly blobs: BlobStore;
  /** Pages for people, below everything else. */
  readonly pages: Hono | undefined;
}

const GRAPHQL_PATHS: ReadonlySet<string> = new Set(["/graphql", "/api/graphql"]);

/** One host for everything GitHub spreads over several: API, uploads, git, runner services, pages. */
export function createHost(world: World, doors: Doors): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const router = createRouter(doors.routes);
  app.use("*", faultGate(world.faults));
  app.onError((error, context) => context.json({ message: `Sandbox error: ${error.stack ?? error.message}` }, 500));
  app.route("/", blobRoutes(world, doors.blobs));
  app.route("/", twirpRoutes(world, doors.blobs));
  app.all("*", async (context: Context) => {
    const url = new URL(context.req.url);
    if (isGitPath(url.pathname)) return answerGit(world, context);
    if (GRAPHQL_PATHS.has(url.pathname)) return answerGraphql(world, context);
    const path = withoutPrefix(url.pathname);
    const match = router(context.req.method, path);
    if (match) return answerRest(world, context, { match, path });
    if (API_PATH.test(path)) return unknownRoute(world, context, path);
    return doors.pages?.fetch(context.req.raw) ?? unknownRoute(world, context, path);
  });
  return app;
}

/** What no page can be: an address of the API, known here or not. */
const API_PATH = /^\/(?:repos|app|apps|user|users|orgs|installation|search|uploads)(?:\/|$)/;

/** A call of something GitHub does not have is off its contract, though it is only answered 404. */
function unknownRoute(world: World, context: Context, path: string): Response {
  const documentation_url = "https://docs.github.com/rest";
  const body = { message: "Not Found", documentation_url, status: "404" };
  const { method } = context.req;
  const exchange = {
    method,
    path,
    query: {},
    requestBody: undefined,
    responseBody: body,
    contentType: "application/json",
  };
  if (API_PATH.test(path)) world.gate?.checkExchange({ ...exchange, status: 404 });
  return context.json(body, 404);
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens first: the address is part of every URL the sandbox prints. */
export async function listen(
  fetch: (request: Request, env: unknown) => Response | Promise<Response>,
  port: number,
): Promise<Listening> {
  const server: ServerType = await new Promise((resolve, reject) => {
    const starting = serve({ fetch, port, hostname: "127.0.0.1" }, () => resolve(starting));
    starting.once("error", reject);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        (server as Server).closeAllConnections();
      }),
  };
}
