import type { Clock } from "#core/ports/clock";
import type { AppApi, LoggedDelivery } from "./app-api.ts";
import { eventNames } from "./events/handlers.ts";
import type { Journal } from "./journal.ts";
import type { BotLog } from "./work.ts";

export interface BackfillParts {
  readonly api: Pick<AppApi, "deliveriesSince" | "redeliver">;
  readonly journal: Pick<Journal, "has">;
  readonly clock: Clock;
  readonly log: BotLog;
}

/** GitHub keeps deliveries this long and never repeats one by itself. */
const KEPT_MILLISECONDS = 3 * 24 * 60 * 60 * 1000;
const MOST_REDELIVERIES = 100;

/** Asks GitHub to send again what never arrived. Failures are only told: the sweep finds the state anyway. */
export async function backfill({ api, journal, clock, log }: BackfillParts): Promise<void> {
  try {
    const attempts = await api.deliveriesSince(new Date(clock().getTime() - KEPT_MILLISECONDS));
    const missed = missedDeliveries(attempts).filter(({ guid }) => !journal.has(guid));
    for (const { id } of missed.slice(0, MOST_REDELIVERIES)) await api.redeliver(id);
    log.info({ missed: missed.length, asked: Math.min(missed.length, MOST_REDELIVERIES) }, "backfill");
  } catch (error) {
    log.warn({ error }, "The backfill of missed deliveries failed");
  }
}

/** The newest attempt of each delivery that no attempt brought home, oldest delivery first. Newest attempts come first. */
export function missedDeliveries(attempts: readonly LoggedDelivery[]): readonly LoggedDelivery[] {
  const home = new Set(attempts.filter((attempt) => attempt.ok).map((attempt) => attempt.guid));
  const missed = new Map<string, LoggedDelivery>();
  for (const attempt of attempts) {
    const relevant = eventNames.has(attempt.event) && !home.has(attempt.guid);
    if (relevant && !missed.has(attempt.guid)) missed.set(attempt.guid, attempt);
  }
  return [...missed.values()].reverse();
}
