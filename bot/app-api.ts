import type { Probot } from "probot";
import { z } from "zod";
import type { Repository } from "./work.ts";

const Installations = z.array(z.object({ id: z.number(), suspended_at: z.string().nullish() }));

const Repositories = z.array(
  z.object({
    name: z.string(),
    owner: z.object({ login: z.string() }),
    archived: z.boolean().default(false),
    disabled: z.boolean().default(false),
  }),
);

const LoggedDelivery = z
  .object({
    id: z.number(),
    guid: z.string(),
    delivered_at: z.coerce.date(),
    status_code: z.number(),
    event: z.string(),
  })
  .transform(({ id, guid, delivered_at, status_code, event }) => {
    return { id, guid, event, deliveredAt: delivered_at, ok: status_code >= 200 && status_code < 300 };
  });
/** One attempt in GitHub's own log of deliveries. */
export type LoggedDelivery = z.output<typeof LoggedDelivery>;

/** What the app may ask about itself. */
export interface AppApi {
  /** The login its comments carry. */
  login(): Promise<string>;
  /** Of installations that are not suspended. */
  installations(): Promise<readonly number[]>;
  /** Those that can change: neither archived nor disabled. */
  repositories(installationId: number): Promise<readonly Repository[]>;
  /** Newest first, every attempt, back to a time. */
  deliveriesSince(time: Date): Promise<readonly LoggedDelivery[]>;
  redeliver(deliveryId: number): Promise<void>;
}

/** GitHub keeps no more than some ten thousand of a busy app; enough to find what was missed. */
const MOST_PAGES = 100;

export function appApi(probot: Pick<Probot, "auth">): AppApi {
  return {
    login: async () => {
      const octokit = await probot.auth();
      const { data } = await octokit.request("GET /app");
      return `${z.object({ slug: z.string() }).parse(data).slug}[bot]`;
    },
    installations: async () => {
      const octokit = await probot.auth();
      const all = await octokit.paginate("GET /app/installations", { per_page: 100 });
      return Installations.parse(all).flatMap(({ id, suspended_at }) => (suspended_at == null ? [id] : []));
    },
    repositories: async (installationId) => {
      const octokit = await probot.auth(installationId);
      const all = await octokit.paginate("GET /installation/repositories", { per_page: 100 });
      return Repositories.parse(all)
        .filter((repository) => !repository.archived && !repository.disabled)
        .map(({ owner, name }) => ({ owner: owner.login, name, installationId }));
    },
    deliveriesSince: (time) => deliveriesSince(probot, time),
    redeliver: async (deliveryId) => {
      const octokit = await probot.auth();
      await octokit.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: deliveryId });
    },
  };
}

async function deliveriesSince(probot: Pick<Probot, "auth">, time: Date): Promise<readonly LoggedDelivery[]> {
  const octokit = await probot.auth();
  const found: LoggedDelivery[] = [];
  let pages = 0;
  for await (const { data } of octokit.paginate.iterator("GET /app/hook/deliveries", { per_page: 100 })) {
    const page = z.array(LoggedDelivery).parse(data);
    found.push(...page.filter((delivery) => delivery.deliveredAt >= time));
    pages += 1;
    if (pages === MOST_PAGES || page.some((delivery) => delivery.deliveredAt < time)) break;
  }
  return found;
}
