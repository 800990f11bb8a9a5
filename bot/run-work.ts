import { UserError } from "#core/errors";
import type { Clock } from "#core/ports/clock";
import type { Random } from "#core/random";
import { triesFor } from "./back-off.ts";
import { type Failure, keyedQueue } from "./keyed-queue.ts";
import type { Timer } from "./timer.ts";
import type { BotLog, BotPorts, Reconcile, Repository } from "./work.ts";
import { placeOf, type WorkItem } from "./work-item.ts";

/** Ports connected to one repository for one piece of work. */
export interface Bench {
  readonly ports: BotPorts;
  /** Removes the scratch folder. */
  clear(): Promise<void>;
}

export interface WorkParts {
  readonly reconcile: Reconcile;
  readonly connect: (repository: Repository) => Promise<Bench>;
  readonly concurrency: number;
  readonly log: BotLog;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
}

/** How the work for an item ended, with everything that followed from it. */
export type WorkEnd = { readonly kind: "done" } | { readonly kind: "parked"; readonly error: unknown };

export interface Work {
  /** Never rejects. */
  run(item: WorkItem): Promise<WorkEnd>;
  idle(): Promise<void>;
  drain(milliseconds: number): Promise<"drained" | "timed-out">;
}

/** A chain of keys that name each other this long goes round in a circle; the sweep picks up what is left. */
const LONGEST_CHAIN = 8;

/** The queue of keys with the reconciler behind it. */
export function startWork(parts: WorkParts): Work {
  const { log, concurrency, timer, random } = parts;
  const queue = keyedQueue({
    placeOf,
    work: (item: WorkItem) => reconcileOnce(item, parts),
    concurrency,
    triesFor,
    onError: (item, failure) => tellFailure(log, item, failure),
    timer,
    random,
  });
  const run = async (item: WorkItem, chain: number): Promise<WorkEnd> => {
    const outcome = await queue.add(item);
    if (outcome.kind === "parked") return outcome;
    if (chain === LONGEST_CHAIN && outcome.result.length > 0) {
      log.warn({ key: placeOf(item).text }, "Keys name each other in a circle; left to the sweep");
      return { kind: "done" };
    }
    const { repository } = item;
    const ends = await Promise.all(outcome.result.map((key) => run({ repository, key }, chain + 1)));
    return ends.find((end) => end.kind === "parked") ?? { kind: "done" };
  };
  return { run: (item) => run(item, 1), idle: () => queue.idle(), drain: (milliseconds) => queue.drain(milliseconds) };
}

async function reconcileOnce(item: WorkItem, parts: WorkParts): ReturnType<Reconcile> {
  const { reconcile, connect, clock, log } = parts;
  const startedAt = clock().getTime();
  const bench = await connect(item.repository);
  try {
    const next = await reconcile(item.key, bench.ports);
    log.info(
      { ...factsOf(item), milliseconds: clock().getTime() - startedAt, outcome: "done", next: next.length },
      "work",
    );
    return next;
  } finally {
    await bench.clear();
  }
}

function factsOf(item: WorkItem): Record<string, unknown> {
  const { owner, name } = item.repository;
  return { repository: `${owner}/${name}`, key: placeOf(item).text };
}

function tellFailure(log: BotLog, item: WorkItem, { error, tries, againInMilliseconds }: Failure): void {
  const outcome = againInMilliseconds === undefined ? "parked" : "retry";
  const facts = { ...factsOf(item), outcome, tries, againInMilliseconds };
  if (error instanceof UserError) log.warn({ ...facts, code: error.code, problem: error.problem }, "work");
  else log.error({ ...facts, error }, "work");
}
