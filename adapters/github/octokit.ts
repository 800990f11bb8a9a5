import { GitHub, getOctokitOptions } from "@actions/github/lib/utils";
import type { AnyOctokit } from "./client.ts";

export interface TokenAccess {
  readonly token: string;
  /** Such as https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server. */
  readonly apiUrl: string;
}

/**
 * The runner's own client for one token, for the actions and the command line: it knows a runner's proxies and repeats
 * nothing by itself.
 */
export function tokenOctokit({ token, apiUrl }: TokenAccess): AnyOctokit {
  const baseUrl = apiUrl.replace(/\/+$/, "");
  return new GitHub(getOctokitOptions(token, { baseUrl, userAgent: "tidemark", log: quiet }));
}

const silence = (): void => undefined;
const quiet = { debug: silence, info: silence, warn: silence, error: silence };
