/**
 * A fetch with a time limit that starts when the request leaves: Probot's Octokit may hold a call in its queue for many
 * seconds, and a limit that ran out there would make a request of unknown outcome out of one that was never sent.
 */
export function timedFetch(seconds: number, send: typeof fetch): typeof fetch {
  return (url, options) => send(url, { ...options, signal: AbortSignal.timeout(seconds * 1_000) });
}

/** The fetch an Octokit was made with, such as one that goes through a proxy. */
export function fetchOf(octokit: { readonly request: unknown }): typeof fetch {
  const request = octokit.request as { endpoint?: { DEFAULTS?: { request?: { fetch?: typeof fetch } } } };
  return request.endpoint?.DEFAULTS?.request?.fetch ?? globalThis.fetch;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
