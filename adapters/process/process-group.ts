/** Long enough to write a checkpoint; GitHub's runner itself waits 7.5 seconds before it gets rougher. */
export const GRACE_SECONDS = 5;

/** A command and everything it started. A process that made a group of its own (setsid) is out of reach. */
export class ProcessGroup {
  readonly #leader: number | undefined;

  readonly #graceSeconds: number;

  constructor(leader: number | undefined, graceSeconds: number) {
    this.#leader = leader;
    this.#graceSeconds = graceSeconds;
  }

  /** Asks the group to end and, when it is still there after a while, ends it. */
  async end(): Promise<void> {
    this.signal("SIGTERM");
    const deadline = performance.now() + this.#graceSeconds * 1_000;
    while (this.#isThere() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    this.kill();
  }

  kill(): void {
    this.signal("SIGKILL");
  }

  signal(name: NodeJS.Signals): void {
    this.#send(name);
  }

  #isThere(): boolean {
    return this.#send(0);
  }

  #send(signal: NodeJS.Signals | 0): boolean {
    if (this.#leader === undefined) return false;
    try {
      process.kill(process.platform === "win32" ? this.#leader : -this.#leader, signal);
      return true;
    } catch {
      return false;
    }
  }
}

const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Lets a group end when our own process is told to or just ends. @returns a function that undoes it */
export function endWithUs(group: ProcessGroup): () => void {
  const onExit = () => group.kill();
  const onSignal = (signal: NodeJS.Signals) => {
    void group.end().then(() => {
      release();
      // With our listener gone the signal does what it would have done without us.
      process.kill(process.pid, signal);
    });
  };
  const release = () => {
    process.off("exit", onExit);
    for (const signal of ENDING_SIGNALS) process.off(signal, onSignal);
  };
  process.on("exit", onExit);
  for (const signal of ENDING_SIGNALS) process.on(signal, onSignal);
  return release;
}
