export type Standing =
  | { readonly kind: "well" }
  /** A record is in the caller's hands. */
  | { readonly kind: "busy" }
  /** The broker answers and has nothing for us: an open transaction, or a stretch that compaction emptied. */
  | { readonly kind: "idle" }
  /** Something failed and no answer has come since. */
  | { readonly kind: "troubled"; readonly error: unknown }
  /** No answer for longer than our patience. */
  | { readonly kind: "away"; readonly error: unknown };

export interface Vigil {
  answered(): void;
  fetched(): void;
  moved(): void;
  busy(): void;
  free(): void;
  troubled(error: unknown): void;
  state(): Standing;
}

// Fetches that fail are counted too, and a heartbeat comes only now and then: it takes several of each to be sure.
const SURE_FETCHES = 3;
const SURE_ANSWERS = 2;

/** Tells from what kafkajs reports whether the broker is there and whether there is anything left to wait for. */
export function vigil(options: { readonly patienceSeconds: number; readonly idleSeconds: number }): Vigil {
  let isBusy = false;
  let lastAnswer = Date.now();
  let quietSince = Date.now();
  let fetches = 0;
  let answers = 0;
  let trouble: { readonly error: unknown } | undefined;
  const answered = () => {
    lastAnswer = Date.now();
    answers += 1;
    trouble = undefined;
  };
  const moved = () => {
    quietSince = Date.now();
    fetches = 0;
    answers = 0;
  };
  const isIdle = () =>
    fetches >= SURE_FETCHES && answers >= SURE_ANSWERS && Date.now() - quietSince >= options.idleSeconds * 1_000;
  return {
    answered,
    moved,
    fetched: () => {
      fetches += 1;
    },
    busy: () => {
      isBusy = true;
      answered();
    },
    free: () => {
      isBusy = false;
      answered();
    },
    troubled: (error) => {
      trouble = { error };
    },
    state: () => {
      if (isBusy) return { kind: "busy" };
      if (Date.now() - lastAnswer > options.patienceSeconds * 1_000) return { kind: "away", error: noAnswer(trouble) };
      if (trouble !== undefined) return { kind: "troubled", error: trouble.error };
      return isIdle() ? { kind: "idle" } : { kind: "well" };
    },
  };
}

function noAnswer(trouble: { readonly error: unknown } | undefined): unknown {
  return trouble?.error ?? Object.assign(new Error("no answer in time"), { name: "KafkaJSTimeout" });
}
