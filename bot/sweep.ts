import type { AppApi } from "./app-api.ts";
import type { BotLog, Repository } from "./work.ts";

export interface SweepParts {
  readonly api: Pick<AppApi, "installations" | "repositories">;
  readonly visit: (repository: Repository) => void;
  readonly log: BotLog;
}

/** Looks at every repository of every installation, as if each had sent a webhook. One that fails leaves the others. */
export async function sweep({ api, visit, log }: SweepParts): Promise<void> {
  let repositories = 0;
  try {
    for (const installation of await api.installations()) {
      repositories += await sweepInstallation(installation, { api, visit, log });
    }
    log.info({ repositories }, "sweep");
  } catch (error) {
    log.warn({ error }, "The sweep could not list the installations");
  }
}

async function sweepInstallation(installation: number, { api, visit, log }: SweepParts): Promise<number> {
  try {
    const repositories = await api.repositories(installation);
    for (const repository of repositories) visit(repository);
    return repositories.length;
  } catch (error) {
    log.warn({ installation, error }, "The sweep could not list the repositories");
    return 0;
  }
}
