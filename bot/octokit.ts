import { ProbotOctokit } from "probot";

type Options = ConstructorParameters<typeof ProbotOctokit>[0];

/**
 * Octokit without its two traps. The retry plugin repeats writes whose outcome is unknown, and merges that were
 * refused; throttling holds comments back 3 s apart, and heeds only the function form of `defaults`. The adapters
 * repeat reads, the queue repeats work.
 */
export const BotOctokit = ProbotOctokit.defaults(((options: Options) => ({
  ...options,
  throttle: { ...options?.throttle, enabled: false },
  retry: { ...options?.retry, enabled: false },
})) as unknown as Record<string, unknown>);

const READ_SECONDS = 10;
const WRITE_SECONDS = 15;

/** `fetch` with a time limit. Octokit has none; the adapters bring their own, which then counts. */
export const timedFetch: typeof fetch = (input, init) => {
  if (init?.signal) return fetch(input, init);
  const reads = init?.method === undefined || init.method === "GET";
  return fetch(input, { ...init, signal: AbortSignal.timeout((reads ? READ_SECONDS : WRITE_SECONDS) * 1000) });
};
