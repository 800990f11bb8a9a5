/** Waits for something that happens elsewhere. @throws Error naming what did not come */
export async function until<Result>(
  what: string,
  look: () => Promise<Result | undefined> | Result | undefined,
): Promise<Result> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${LONGEST_WAIT_MS / 1000} s in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const LONGEST_WAIT_MS = 40_000;
const POLL_MS = 50;
