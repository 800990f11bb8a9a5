import type { Probot } from "probot";
import type { Clock } from "#core/ports/clock";
import type { Random } from "#core/random";
import { type Enqueue, tidemarkApp } from "./app.ts";
import { appApi } from "./app-api.ts";
import { backfill } from "./backfill.ts";
import { type DeliveryDesk, deliveryDesk } from "./delivery-desk.ts";
import { type Front, frontDefaults, openFront } from "./front.ts";
import { type Journal, openJournal } from "./journal.ts";
import { once } from "./once.ts";
import { receiver } from "./receiver.ts";
import { redactedLog, redactor } from "./redact.ts";
import { startWork, type Work } from "./run-work.ts";
import type { Settings } from "./settings.ts";
import { sweep } from "./sweep.ts";
import { every, type Timer } from "./timer.ts";
import { appProbot, connector } from "./wiring.ts";
import type { BotLog, Reconcile, Repository } from "./work.ts";

export interface StartParts {
  readonly reconcile: Reconcile;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
}

export interface RunningBot {
  readonly url: string;
  /** Nothing runs or waits. */
  idle(): Promise<void>;
  /** Accepts nothing more, works off what it can, closes the journal. */
  stop(): Promise<void>;
}

/** Lanes of work at once; GitHub allows a hundred requests at once for all of an app. */
const CONCURRENCY = 8;
/** With the two seconds the front takes to close: 20 s. */
const DRAIN_MILLISECONDS = 18_000;
const BACKFILL_MILLISECONDS = 60 * 60 * 1000;

/** @throws UserError JOURNAL_REFUSED, PORT_TAKEN */
export async function startBot(settings: Settings, parts: StartParts): Promise<RunningBot> {
  const journal = openJournal(settings.journalPath, parts.clock);
  try {
    const probot = await appProbot(settings).ready();
    return await assemble({ ...parts, settings, journal, probot, log: botLog(settings, probot) });
  } catch (error) {
    journal.close();
    throw error;
  }
}

function botLog({ privateKey, webhookSecrets }: Settings, probot: Probot): BotLog {
  return redactedLog(probot.log, redactor([privateKey, ...webhookSecrets]));
}

interface Assembly extends StartParts {
  readonly settings: Settings;
  readonly journal: Journal;
  readonly probot: Probot;
  readonly log: BotLog;
}

async function assemble(parts: Assembly): Promise<RunningBot> {
  const { settings, journal, probot, log } = parts;
  const { appId, storePath } = settings;
  const connect = connector({ ...parts, login: once(appApi(probot).login), appId, storePath });
  const work = startWork({ ...parts, connect, concurrency: CONCURRENCY });
  const desk = deliveryDesk({ journal, receive: receiver(probot), log });
  await probot.load(tidemarkApp(enqueueTo(work, { desk, log }), log));
  let ready = true;
  const front = await openFront({
    ...frontDefaults,
    host: settings.host,
    port: settings.port,
    secrets: settings.webhookSecrets,
    accept: desk.accept,
    isReady: () => ready,
    log,
  });
  attempt(log, () => desk.resume("crash"));
  const stopTurning = turnWheels(parts, { work, desk });
  return {
    url: front.url,
    idle: work.idle,
    stop: once(async () => {
      ready = false;
      stopTurning();
      await stop({ front, work, desk, journal, log });
    }),
  };
}

/** Work of no installation cannot be done: its webhook came from somewhere else than the app. */
function enqueueTo(work: Work, { desk, log }: { desk: DeliveryDesk; log: BotLog }): Enqueue {
  return (item, delivery) => {
    if (item.repository.installationId === 0) {
      log.warn({ delivery, repository: item.repository.name }, "Ignored a delivery that names no installation");
      return;
    }
    desk.follow(delivery, work.run(item));
  };
}

/** What happens without any webhook. The first turn of each is at once. */
function turnWheels(parts: Assembly, { work, desk }: { work: Work; desk: DeliveryDesk }): () => void {
  const { settings, journal, probot, clock, timer, log } = parts;
  const api = appApi(probot);
  let first = true;
  const sweeping = every(
    settings.sweepSeconds * 1000,
    async () => {
      if (!first) attempt(log, () => desk.resume("failure"));
      first = false;
      const visit = (repository: Repository): void => void work.run({ repository, key: { kind: "repository" } });
      await sweep({ api, visit, log });
    },
    timer,
  );
  const backfilling = every(
    BACKFILL_MILLISECONDS,
    async () => {
      attempt(log, () => journal.forgetOld());
      await backfill({ api, journal, clock, log });
    },
    timer,
  );
  return () => {
    sweeping();
    backfilling();
  };
}

function attempt(log: BotLog, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.error({ error }, "The journal cannot be used");
  }
}

interface Stopping {
  readonly front: Front;
  readonly work: Work;
  readonly desk: DeliveryDesk;
  readonly journal: Journal;
  readonly log: BotLog;
}

async function stop({ front, work, desk, journal, log }: Stopping): Promise<void> {
  await front.close();
  const outcome = await work.drain(DRAIN_MILLISECONDS);
  desk.close();
  journal.close();
  log.info({ outcome }, "stopped");
}
