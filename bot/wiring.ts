import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Probot } from "probot";
import { csvDataEngine } from "#adapters/csv/data-engine";
import { duckDbDataEngine } from "#adapters/duckdb/data-engine";
import { folderFiles } from "#adapters/filesystem/files";
import { folderStore } from "#adapters/filesystem/folder-store";
import { gitHubHost } from "#adapters/github/code-host";
import { explained } from "#adapters/github/problems";
import { releaseStore } from "#adapters/github/release-store";
import { yamlDocuments } from "#adapters/yaml/documents";
import { preferring } from "#core/data/engines/preferring";
import type { Clock } from "#core/ports/clock";
import { BotOctokit, timedFetch } from "./octokit.ts";
import type { Bench } from "./run-work.ts";
import type { Settings } from "./settings.ts";
import type { BotLog, Repository } from "./work.ts";

/** Probot as a server's app. Its own server is not used; the secret only keeps it off its public default. */
export function appProbot(settings: Settings): Probot {
  return new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    secret: settings.webhookSecrets[0],
    baseUrl: settings.apiUrl,
    Octokit: BotOctokit,
    request: { fetch: timedFetch },
    ...logging(settings.logLevel),
  });
}

/** Probot with the token of a workflow's job. */
export function jobProbot({ token, apiUrl }: { readonly token: string; readonly apiUrl: string }): Probot {
  return new Probot({
    githubToken: token,
    baseUrl: apiUrl.replace(/\/+$/, ""),
    Octokit: BotOctokit,
    request: { fetch: timedFetch },
    ...logging("info"),
  });
}

const logging = (logLevel: Settings["logLevel"]) => ({ logFormat: "json", logLevel, logLevelInString: true }) as const;

export interface ConnectParts {
  readonly probot: Probot;
  /** Resolves to the login our comments carry. */
  readonly login: () => Promise<string>;
  readonly appId?: number;
  /** A folder for the objects; without it the repository's release assets keep them. */
  readonly storePath?: string | undefined;
  readonly clock: Clock;
  readonly log: BotLog;
}

/** Connects every port to one repository, for one piece of work. */
export function connector(parts: ConnectParts): (repository: Repository) => Promise<Bench> {
  const { probot, appId, storePath, clock, log } = parts;
  const documents = yamlDocuments();
  const engine = preferring({
    csv: csvDataEngine(),
    duckDb: duckDbDataEngine(),
    // Predictions in CSV are read in this process, whatever their size; for others a process without secrets is started.
    bytesOf: async () => 0,
    warn: (sentence) => log.warn({}, sentence),
  });
  return async ({ owner, name, installationId }) => {
    const login = await parts.login().catch((error: unknown) => {
      throw explained(error, { route: "GET /app", repository: `${owner}/${name}` });
    });
    const octokit = await probot.auth(installationId === 0 ? undefined : installationId);
    const access = { octokit, owner, name };
    const folder = await mkdtemp(join(tmpdir(), "tidemark-"));
    return {
      ports: {
        host: gitHubHost({ ...access, login, ...(appId !== undefined && { appId }) }),
        store: storePath === undefined ? releaseStore(access) : folderStore(storePath),
        documents,
        engine,
        clock,
        log,
        scratch: folderFiles(folder),
        login,
      },
      clear: () => rm(folder, { recursive: true, force: true }),
    };
  };
}
