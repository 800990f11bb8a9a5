import { z } from "zod";
import { type Answer, created, ok, page, pageIn } from "../http/answer.ts";
import { ApiError, notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { anInstallation, anyone, type Route, route, theApp } from "../http/route.ts";
import { newToken } from "../identifiers.ts";
import type { App, Installation, Permissions } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import { appReference, installationItem } from "../resources/app.ts";
import { repositoryItem } from "../resources/repository.ts";

export function callingApp(call: Call): App {
  if (call.actor.kind !== "app") throw new ApiError(401, "A JSON web token could not be decoded");
  return call.actor.app;
}

function installationsOf(call: Call): Installation[] {
  const app = callingApp(call);
  return [...call.state.installations.values()].filter((installation) => installation.app.id === app.id);
}

function requestedInstallation(call: Call): Installation {
  const id = call.number("installation_id");
  const installation = installationsOf(call).find((candidate) => candidate.id === id);
  if (!installation) throw notFound();
  return installation;
}

function repositoryInstallation(call: Call): Answer {
  const installation = installationsOf(call).find(({ repositoryIds }) => repositoryIds.has(call.repository.id));
  if (!installation) throw notFound();
  return ok(installationItem(call.state, installation));
}

const TokenRequest = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number().int()).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write"])).optional(),
});

const TOKEN_LIFE_MILLISECONDS = 3_600_000;

function createToken(call: Call): Answer {
  const installation = requestedInstallation(call);
  const request = call.read(TokenRequest);
  const repositories = narrowedRepositories(call, installation, request);
  const permissions = narrowedPermissions(installation.app, request.permissions);
  const token = newToken("ghs");
  const expiresAt = new Date(Date.now() + TOKEN_LIFE_MILLISECONDS).toISOString().replace(/\.\d+Z$/, "Z");
  const isNarrowed = request.repositories !== undefined || request.repository_ids !== undefined;
  const repositoryIds = isNarrowed ? new Set(repositories.map(({ id }) => id)) : installation.repositoryIds;
  call.state.installationTokens.set(token, { installation, permissions, repositoryIds, expiresAt });
  return created({
    token,
    expires_at: expiresAt,
    permissions: { metadata: "read", ...permissions },
    repository_selection: "selected",
    ...(isNarrowed && { repositories: repositories.map((repository) => repositoryItem(call.state, repository)) }),
  });
}

function narrowedRepositories(
  call: Call,
  installation: Installation,
  request: z.output<typeof TokenRequest>,
): Repository[] {
  const held = [...call.state.repositories.values()].filter(({ id }) => installation.repositoryIds.has(id));
  const wanted = held.filter(
    ({ id, name }) => request.repositories?.includes(name) || request.repository_ids?.includes(id),
  );
  const asked = (request.repositories?.length ?? 0) + (request.repository_ids?.length ?? 0);
  if (wanted.length < asked) {
    throw new ApiError(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  return wanted;
}

function narrowedPermissions(app: App, asked: Permissions | undefined): Permissions {
  if (!asked) return app.permissions;
  for (const [name, level] of Object.entries(asked)) {
    const held = name === "metadata" ? "read" : app.permissions[name];
    if (held === undefined || (held === "read" && level === "write")) {
      throw new ApiError(422, "The permissions requested are not granted to this installation.");
    }
  }
  return asked;
}

function listAccessible(call: Call): Promise<Answer> {
  const { actor } = call;
  const ids = actor.kind === "installation" ? actor.repositoryIds : new Set<number>();
  const items = [...call.state.repositories.values()].filter(({ id }) => ids.has(id));
  return pageIn(call, { name: "repositories", items }, (repository) => repositoryItem(call.state, repository));
}

function convertManifest(call: Call): Answer {
  const code = call.parameter("code");
  const conversion = call.state.manifestCodes.get(code);
  if (!conversion) throw notFound();
  // A code works once.
  call.state.manifestCodes.delete(code);
  const { app, privateKey } = conversion;
  return created({
    ...appReference(call.state, app),
    client_secret: newToken("ghs").slice(4),
    webhook_secret: app.webhook.secret,
    pem: privateKey,
  });
}

function appBySlug(call: Call): Answer {
  const app = [...call.state.apps.values()].find(({ slug }) => slug === call.parameter("app_slug"));
  if (!app) throw notFound();
  return ok(appReference(call.state, app));
}

export const appRoutes: readonly Route[] = [
  route("GET /app", theApp, (call) => {
    const installations_count = installationsOf(call).length;
    return ok({ ...appReference(call.state, callingApp(call)), installations_count });
  }),
  route("GET /apps/{app_slug}", anyone, appBySlug),
  route("GET /app/installations", theApp, (call) =>
    page(call, installationsOf(call), (installation) => installationItem(call.state, installation)),
  ),
  route("GET /app/installations/{installation_id}", theApp, (call) =>
    ok(installationItem(call.state, requestedInstallation(call))),
  ),
  route("POST /app/installations/{installation_id}/access_tokens", theApp, createToken),
  route("GET /repos/{owner}/{repo}/installation", theApp, repositoryInstallation),
  route("GET /installation/repositories", anInstallation, listAccessible),
  route("POST /app-manifests/{code}/conversions", anyone, convertManifest),
];
