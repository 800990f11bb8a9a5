import type { Delivery } from "./delivery.ts";
import type { Journal } from "./journal.ts";
import type { WorkEnd } from "./run-work.ts";
import type { BotLog } from "./work.ts";

export interface DeskParts {
  readonly journal: Journal;
  /** Lets the handlers read the delivery; they call `follow` for the work it asks for. */
  readonly receive: (delivery: Delivery) => Promise<void>;
  readonly log: BotLog;
}

/** Takes deliveries in, keeps them in the journal until their work has ended, and takes them up again. */
export interface DeliveryDesk {
  /** Keeps it, then works on it after the answer. Throws when it cannot be kept. */
  accept(delivery: Delivery): "new" | "seen";
  /** The delivery is not done before this work is. */
  follow(id: string, work: Promise<WorkEnd>): void;
  /** Works again what a crash or a failure left. */
  resume(after: "crash" | "failure"): void;
  /** From now on nothing is written to the journal. */
  close(): void;
}

export function deliveryDesk({ journal, receive, log }: DeskParts): DeliveryDesk {
  const followed = new Map<string, Array<Promise<WorkEnd>>>();
  let closed = false;

  // Only the id: a payload of megabytes must not wait in memory while GitHub is away.
  const finish = async (id: string, received: Promise<WorkEnd>): Promise<void> => {
    const reading = await received;
    const ends = [reading, ...(await Promise.all(followed.get(id) ?? []))];
    followed.delete(id);
    if (closed) return;
    const parked = ends.find((end) => end.kind === "parked");
    try {
      if (parked === undefined) journal.finish(id);
      else journal.fail(id, messageOf(parked.error));
    } catch (error) {
      log.error({ delivery: id, error }, "The journal cannot note that a delivery ended; it will be worked again");
    }
  };
  const begin = (delivery: Delivery): void =>
    void setImmediate(() => void finish(delivery.id, endOf(receive(delivery))));

  return {
    accept: (delivery) => {
      const kept = journal.record(delivery);
      if (kept === "new") begin(delivery);
      return kept;
    },
    follow: (id, work) => void followed.set(id, [...(followed.get(id) ?? []), work]),
    resume: (after) => journal.takeUnfinished(after).forEach(begin),
    close: () => {
      closed = true;
    },
  };
}

/** A handler that threw is work that failed. */
function endOf(receiving: Promise<void>): Promise<WorkEnd> {
  return receiving.then(
    () => ({ kind: "done" }),
    (error: unknown) => ({ kind: "parked", error }),
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
