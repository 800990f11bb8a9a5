import type { Random } from "#core/random";
import { backOffMilliseconds } from "./back-off.ts";
import type { Timer } from "./timer.ts";
import type { Place } from "./work-item.ts";

export interface Failure {
  readonly error: unknown;
  /** Tries so far, this one included. */
  readonly tries: number;
  /** Undefined when it is parked: not tried again until somebody adds it again. */
  readonly againInMilliseconds: number | undefined;
}

export interface QueueOptions<Item, Result> {
  readonly placeOf: (item: Item) => Place;
  readonly work: (item: Item) => Promise<Result>;
  /** Lanes that work at once, at most. */
  readonly concurrency: number;
  /** How often work that failed like this is tried in all. */
  readonly triesFor: (error: unknown) => number;
  readonly onError: (item: Item, failure: Failure) => void;
  readonly timer: Timer;
  readonly random: Random;
}

export type Outcome<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "parked"; readonly error: unknown };

/**
 * Work by key. One text runs once at a time and one lane holds one run at a time. Adding a text that waits joins it;
 * adding one that runs makes it run once more, since what was read may be old by now.
 */
export interface KeyedQueue<Item, Result> {
  /** Settles with a run that began after this call. Never rejects. */
  add(item: Item): Promise<Outcome<Result>>;
  /** Nothing runs, waits or rests. */
  idle(): Promise<void>;
  /** Works off what waits, leaves what rests between tries, and starts nothing more after the time. */
  drain(milliseconds: number): Promise<"drained" | "timed-out">;
}

interface Entry<Item, Result> extends Place {
  item: Item;
  state: "waiting" | "running" | "resting";
  tries: number;
  /** Served by the next run, or by the running one. */
  served: Array<(outcome: Outcome<Result>) => void>;
  /** Came while it ran. */
  later: Array<(outcome: Outcome<Result>) => void>;
}

export function keyedQueue<Item, Result>(options: QueueOptions<Item, Result>): KeyedQueue<Item, Result> {
  return new Lanes(options);
}

class Lanes<Item, Result> implements KeyedQueue<Item, Result> {
  readonly #options: QueueOptions<Item, Result>;
  readonly #entries = new Map<string, Entry<Item, Result>>();
  readonly #waiting = new Set<Entry<Item, Result>>();
  readonly #resting = new Map<Entry<Item, Result>, () => void>();
  readonly #busyLanes = new Set<string>();
  #idlers: Array<() => void> = [];
  #phase: "open" | "draining" | "stopped" = "open";

  constructor(options: QueueOptions<Item, Result>) {
    this.#options = options;
  }

  add(item: Item): Promise<Outcome<Result>> {
    return new Promise((resolve) => {
      const place = this.#options.placeOf(item);
      const entry = this.#entries.get(place.text) ?? this.#enter(place, item);
      entry.item = item;
      (entry.state === "running" ? entry.later : entry.served).push(resolve);
      this.#pump();
    });
  }

  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#idlers.push(resolve);
      this.#tellIdlers();
    });
  }

  async drain(milliseconds: number): Promise<"drained" | "timed-out"> {
    if (this.#phase === "open") this.#phase = "draining";
    for (const cancel of this.#resting.values()) cancel();
    let cancel = (): void => undefined;
    const late = new Promise<"timed-out">((resolve) => {
      cancel = this.#options.timer(milliseconds, () => resolve("timed-out"));
    });
    const outcome = await Promise.race([this.idle().then(() => "drained" as const), late]);
    cancel();
    this.#phase = "stopped";
    return outcome;
  }

  #enter(place: Place, item: Item): Entry<Item, Result> {
    const entry: Entry<Item, Result> = { ...place, item, state: "waiting", tries: 0, served: [], later: [] };
    this.#entries.set(entry.text, entry);
    this.#waiting.add(entry);
    return entry;
  }

  #pump(): void {
    if (this.#phase === "stopped") return;
    for (const entry of this.#waiting) {
      if (this.#busyLanes.size >= this.#options.concurrency) return;
      if (!this.#busyLanes.has(entry.lane)) void this.#run(entry);
    }
  }

  async #run(entry: Entry<Item, Result>): Promise<void> {
    this.#waiting.delete(entry);
    this.#busyLanes.add(entry.lane);
    entry.state = "running";
    const { item } = entry;
    try {
      const result = await this.#options.work(item);
      this.#settle(entry, { kind: "done", result });
    } catch (error) {
      this.#fail(entry, item, error);
    }
    this.#busyLanes.delete(entry.lane);
    this.#pump();
    this.#tellIdlers();
  }

  #fail(entry: Entry<Item, Result>, item: Item, error: unknown): void {
    const { onError, triesFor, random } = this.#options;
    entry.tries += 1;
    const parked = entry.tries >= triesFor(error);
    const againInMilliseconds = parked ? undefined : backOffMilliseconds(entry.tries, random);
    onError(item, { error, tries: entry.tries, againInMilliseconds });
    if (againInMilliseconds === undefined) this.#settle(entry, { kind: "parked", error });
    else this.#rest(entry, againInMilliseconds);
  }

  #settle(entry: Entry<Item, Result>, outcome: Outcome<Result>): void {
    for (const tell of entry.served) tell(outcome);
    entry.served = entry.later;
    entry.later = [];
    entry.tries = 0;
    if (entry.served.length > 0) this.#wait(entry);
    else this.#entries.delete(entry.text);
  }

  #rest(entry: Entry<Item, Result>, milliseconds: number): void {
    entry.state = "resting";
    entry.served.push(...entry.later);
    entry.later = [];
    const wake = (): void => {
      this.#resting.delete(entry);
      this.#wait(entry);
      this.#pump();
    };
    this.#resting.set(entry, this.#phase === "open" ? this.#options.timer(milliseconds, wake) : () => undefined);
  }

  #wait(entry: Entry<Item, Result>): void {
    entry.state = "waiting";
    this.#waiting.add(entry);
  }

  /** A turn of the loop later, so that work which follows from what just ended is already added. */
  #tellIdlers(): void {
    setImmediate(() => {
      const resting = this.#phase === "open" && this.#resting.size > 0;
      if (this.#busyLanes.size > 0 || this.#waiting.size > 0 || resting) return;
      const idlers = this.#idlers;
      this.#idlers = [];
      for (const tell of idlers) tell();
    });
  }
}
