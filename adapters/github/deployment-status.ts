import { z } from "zod";
import type { Deployments } from "#core/ports/code-host";
import type { Client } from "./client.ts";
import { createOnce } from "./create-once.ts";

export const Status = z
  .object({
    state: z.string(),
    description: z.string().nullish(),
    environment_url: z.string().nullish(),
    log_url: z.string().nullish(),
  })
  .transform((raw) => ({
    state: raw.state,
    description: raw.description ?? "",
    url: raw.environment_url || raw.log_url || "",
  }));
type Status = z.output<typeof Status>;
type NewStatus = Parameters<Deployments["setStatus"]>[1];

const ROUTE = "/repos/{owner}/{repo}/deployments/{deployment_id}/statuses";
const MAX_DESCRIPTION = 140;

/** Adds a status unless the newest one already says the same. */
export async function setDeploymentStatus(client: Client, id: number, status: NewStatus): Promise<void> {
  const wanted = { ...status, description: shortened(status.description) };
  const newest = async (): Promise<Status | undefined> => {
    const [first] = await client.read(`GET ${ROUTE}`, z.array(Status), { deployment_id: id, per_page: 1 });
    return first !== undefined && saysTheSame(first, wanted) ? first : undefined;
  };
  if ((await newest()) !== undefined) return;
  const { state, description, environmentUrl, logUrl } = wanted;
  const parameters = {
    deployment_id: id,
    state,
    description,
    ...(environmentUrl !== undefined && { environment_url: environmentUrl }),
    ...(logUrl !== undefined && { log_url: logUrl }),
  };
  await createOnce(() => client.write(`POST ${ROUTE}`, Status, parameters), newest);
}

function saysTheSame(existing: Status, { state, description, environmentUrl, logUrl }: NewStatus): boolean {
  const url = environmentUrl || logUrl || "";
  return existing.state === state && existing.description === description && existing.url === url;
}

function shortened(description: string): string {
  return description.length <= MAX_DESCRIPTION ? description : `${description.slice(0, MAX_DESCRIPTION - 1)}…`;
}
