/** Wakes once after some time; answers how to cancel. Handed in, so that tests decide when time passes. */
export type Timer = (milliseconds: number, wake: () => void) => () => void;

export const systemTimer: Timer = (milliseconds, wake) => {
  const handle = setTimeout(wake, milliseconds);
  return () => clearTimeout(handle);
};

/**
 * Runs work at once and again so many milliseconds after it ended, for ever.
 * @returns how to stop
 */
export function every(milliseconds: number, work: () => Promise<void>, timer: Timer): () => void {
  let stopped = false;
  let cancel = (): void => undefined;
  const turn = async (): Promise<void> => {
    await work();
    if (!stopped) cancel = timer(milliseconds, () => void turn());
  };
  void turn();
  return () => {
    stopped = true;
    cancel();
  };
}
