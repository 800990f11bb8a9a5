import { z } from "zod";
import { type Answer, ok, pageIn } from "../http/answer.ts";
import { notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, needsRole, type Route, route } from "../http/route.ts";
import type { Environment } from "../model/deployment.ts";
import { environmentItem } from "../resources/deployment.ts";

/** A deployment to an unknown environment creates it. */
export function ensureEnvironment(call: Call, name: string): Environment {
  const existing = call.repository.environments.get(name);
  if (existing) return existing;
  const environment = { id: call.state.nextId(), name, createdAt: call.state.now(), waitTimerMinutes: 0 };
  call.repository.environments.set(name, environment);
  return environment;
}

const PutRequest = z.object({ wait_timer: z.number().int().min(0).max(43_200).nullish() });

function putEnvironment(call: Call): Answer {
  const { wait_timer } = call.read(PutRequest);
  const environment = ensureEnvironment(call, call.parameter("environment_name"));
  environment.waitTimerMinutes = wait_timer ?? 0;
  return ok(environmentItem(call.state, call.repository, environment));
}

const ONE = "/repos/{owner}/{repo}/environments/{environment_name}";

export const environmentRoutes: readonly Route[] = [
  route("GET /repos/{owner}/{repo}/environments", needs("environments:read", "actions:read"), (call) =>
    pageIn(call, { name: "environments", items: [...call.repository.environments.values()] }, (environment) =>
      environmentItem(call.state, call.repository, environment),
    ),
  ),
  route(`GET ${ONE}`, needs("environments:read", "actions:read"), (call) => {
    const environment = call.repository.environments.get(call.parameter("environment_name"));
    if (!environment) throw notFound();
    return ok(environmentItem(call.state, call.repository, environment));
  }),
  route(`PUT ${ONE}`, needsRole("admin", "administration:write"), putEnvironment),
];
