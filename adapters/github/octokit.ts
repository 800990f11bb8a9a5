import { Octokit } from "@octokit/rest";

export interface TokenAccess {
  readonly token: string;
  /** Such as https://api.github.com, or https://HOST/api/v3 of a GitHub Enterprise Server. */
  readonly apiUrl: string;
}

/** A client for one token, for the actions and the command line. It repeats nothing by itself. */
export function tokenOctokit({ token, apiUrl }: TokenAccess): Octokit {
  return new Octokit({ auth: token, baseUrl: apiUrl.replace(/\/+$/, ""), userAgent: "tidemark", log: quiet });
}

const silence = (): void => undefined;
const quiet = { debug: silence, info: silence, warn: silence, error: silence };
