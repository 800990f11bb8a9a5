import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { UserError } from "#core/errors";
import { tidemarkApp } from "./app.ts";
import { parsePayload } from "./delivery.ts";
import { receiver } from "./receiver.ts";
import { redactedLog, redactor } from "./redact.ts";
import { startWork, type WorkEnd } from "./run-work.ts";
import { systemTimer } from "./timer.ts";
import { connector, jobProbot } from "./wiring.ts";
import type { BotLog, Reconcile } from "./work.ts";
import type { WorkItem } from "./work-item.ts";

export interface WorkflowJob {
  /** The job's GITHUB_TOKEN or an app's. */
  readonly token: string;
  /** GITHUB_API_URL. */
  readonly apiUrl: string;
  /** GITHUB_EVENT_NAME. */
  readonly eventName: string;
  /** GITHUB_EVENT_PATH. */
  readonly eventPath: string;
  /** GITHUB_REPOSITORY, `owner/name`. */
  readonly repository: string;
  readonly reconcile: Reconcile;
  /** Whose comments the token writes; that of the job's own token when left out. */
  readonly login?: string;
  /** Where it tells what it does; Probot's log on standard output when left out. */
  readonly log?: BotLog;
}

/** These name no object of the repository: they ask to look at all of it. */
const WHOLE_REPOSITORY: ReadonlySet<string> = new Set(["schedule", "workflow_dispatch", "repository_dispatch"]);

const CONCURRENCY = 4;

/**
 * The bot with no server: hands the workflow's event to the same handlers and works every key to its end.
 * @returns how many pieces of work the event asked for
 * @throws the error of the first that failed
 */
export async function runInWorkflow(job: WorkflowJob): Promise<{ readonly items: number }> {
  const probot = await jobProbot(job).ready();
  const log = job.log ?? redactedLog(probot.log, redactor([job.token]));
  const clock = (): Date => new Date();
  const login = async (): Promise<string> => job.login ?? "github-actions[bot]";
  const connect = connector({ probot, login, clock, log });
  const { reconcile } = job;
  const work = startWork({
    reconcile,
    connect,
    concurrency: CONCURRENCY,
    log,
    clock,
    timer: systemTimer,
    random: Math.random,
  });
  const works: Array<Promise<WorkEnd>> = [];
  const run = (item: WorkItem): void => void works.push(work.run(item));
  await probot.load(tidemarkApp(run, log));
  if (WHOLE_REPOSITORY.has(job.eventName)) run(wholeRepository(job.repository));
  else await receiver(probot)({ id: randomUUID(), event: job.eventName, payload: await readEvent(job.eventPath) });
  const ends = await Promise.all(works);
  const failed = ends.find((end) => end.kind === "parked");
  if (failed !== undefined) throw failed.error;
  return { items: ends.length };
}

function wholeRepository(repository: string): WorkItem {
  const [owner, name] = repository.split("/");
  if (!owner || !name) {
    throw new UserError(
      "EVENT_MALFORMED",
      `"${repository}" is no repository.`,
      'Pass GITHUB_REPOSITORY, "owner/name".',
    );
  }
  return { repository: { owner, name, installationId: 0 }, key: { kind: "repository" } };
}

async function readEvent(path: string): Promise<Readonly<Record<string, unknown>>> {
  const payload = parsePayload(await readFile(path, "utf8").catch(() => ""));
  if (payload === undefined) {
    throw new UserError("EVENT_MALFORMED", `The event file ${path} holds no JSON object.`, "Pass GITHUB_EVENT_PATH.");
  }
  return payload;
}
