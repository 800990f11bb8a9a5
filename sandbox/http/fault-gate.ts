import { setTimeout as sleep } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import type { FaultEffect, Faults } from "../faults.ts";

type NodeContext = Context<{ Bindings: HttpBindings }>;

/** Breaks requests as the fault rules say, before or after their effect. */
export function faultGate(faults: Faults): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (context, next) => {
    const path = withoutPrefix(new URL(context.req.url).pathname);
    const fault = faults.forRequest(context.req.method, path);
    if (!fault) return next();
    if (fault.kind === "delay") {
      await sleep(fault.milliseconds);
      return next();
    }
    if ("when" in fault && fault.when === "after") {
      // The work is done; what it answered is thrown away.
      await next();
      context.res = undefined;
    }
    const broken = await breakAnswer(context, fault);
    context.res = broken;
    return broken;
  };
}

/** GitHub Enterprise serves the same API below `/api/v3`. */
export function withoutPrefix(path: string): string {
  return path.startsWith("/api/v3/") || path === "/api/v3" ? path.slice("/api/v3".length) || "/" : path;
}

type Breaking = Exclude<FaultEffect, { kind: "delay" }>;

async function breakAnswer(context: NodeContext, fault: Breaking): Promise<Response> {
  switch (fault.kind) {
    case "status":
      return failed(fault.status, fault.html ?? false);
    case "drop":
      context.env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    case "hang":
      await new Promise((resolve) => context.env.outgoing.once("close", resolve));
      return RESPONSE_ALREADY_SENT;
    case "secondary-limit":
      return limited(fault.status, {
        message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        headers: fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
      });
    case "primary-limit":
      return limited(403, {
        message: "API rate limit exceeded for installation.",
        headers: {
          "x-ratelimit-limit": "5000",
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + fault.resetSeconds),
        },
      });
  }
}

const UNICORN = "<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head><body>Oops</body></html>";

function failed(status: number, html: boolean): Response {
  const contentType = html ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
  const body = html ? UNICORN : JSON.stringify({ message: "Server Error" });
  return new Response(body, { status, headers: { "content-type": contentType } });
}

function limited(status: number, answer: { message: string; headers: Record<string, string> }): Response {
  const body = { message: answer.message, documentation_url: "https://docs.github.com/rest/overview/rate-limits" };
  return Response.json(body, { status, headers: answer.headers });
}
