import { z } from "zod";
import type { DeploymentState, Deployments, NewDeployment } from "#core/ports/code-host";
import type { Client } from "./client.ts";
import { createOnce } from "./create-once.ts";
import { Status, setDeploymentStatus } from "./deployment-status.ts";
import type { Identity } from "./identity.ts";
import { everyItem, firstItem, pages } from "./pages.ts";

const RawDeployment = z.object({
  id: z.number(),
  sha: z.string(),
  environment: z.string(),
  creator: z.object({ login: z.string() }).nullable(),
  payload: z.unknown().transform(parsedPayload),
  created_at: z.string(),
});
type RawDeployment = z.output<typeof RawDeployment>;

const ROUTE = "/repos/{owner}/{repo}/deployments";

export function repositoryDeployments(client: Client, { login }: Identity): Deployments {
  const withStatuses = (raw: RawDeployment) => shape(client, raw);
  return {
    list: async (environment, limit) => {
      const found: Promise<DeploymentState>[] = [];
      for await (const raw of pages(client, inEnvironment(environment))) {
        if (found.push(withStatuses(raw)) >= limit) break;
      }
      return Promise.all(found);
    },
    get: async (id) =>
      withStatuses(await client.read(`GET ${ROUTE}/{deployment_id}`, RawDeployment, { deployment_id: id })),
    createOnce: async (wanted) => {
      const find = () => findPromotion(client, wanted, login);
      const existing = await find();
      if (existing !== undefined) return { deployment: await withStatuses(existing), created: false };
      const created = await createOnce(() => create(client, wanted), find);
      return { deployment: await withStatuses(created), created: true };
    },
    setStatus: (id, status) => setDeploymentStatus(client, id, status),
  };
}

const inEnvironment = (environment: string) => ({
  route: `GET ${ROUTE}`,
  item: RawDeployment,
  parameters: { environment },
});

/** Of our own: somebody else's deployment with the same payload must not stand in the way. */
function findPromotion(
  client: Client,
  { environment, promotion }: NewDeployment,
  login: string,
): Promise<RawDeployment | undefined> {
  const isOurs = ({ payload, creator }: RawDeployment) =>
    promotionOf(payload) === promotion && creator?.login === login;
  return firstItem(client, inEnvironment(environment), isOurs);
}

function promotionOf(payload: unknown): unknown {
  return typeof payload === "object" && payload !== null && "promotion" in payload ? payload.promotion : undefined;
}

/**
 * `auto_merge` is on by default: it merges the default branch into the commit and then creates nothing. Required
 * contexts were judged before the merge that brought us here.
 */
function create(client: Client, wanted: NewDeployment): Promise<RawDeployment> {
  return client.write(`POST ${ROUTE}`, RawDeployment, {
    ref: wanted.commit,
    environment: wanted.environment,
    description: wanted.description.slice(0, 140),
    payload: { ...wanted.payload, promotion: wanted.promotion },
    task: "deploy",
    auto_merge: false,
    required_contexts: [],
  });
}

async function shape(client: Client, raw: RawDeployment): Promise<DeploymentState> {
  const statuses = await everyItem(client, {
    route: `GET ${ROUTE}/{deployment_id}/statuses`,
    item: Status,
    parameters: { deployment_id: raw.id },
  });
  return {
    id: raw.id,
    commit: raw.sha,
    environment: raw.environment,
    creator: raw.creator?.login ?? "ghost",
    payload: raw.payload,
    createdAt: raw.created_at,
    statuses,
  };
}

/** GitHub gives an object back as it came, but one sent as text stays text. */
function parsedPayload(payload: unknown): unknown {
  if (typeof payload !== "string") return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
