import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { createEmulator } from "emulate";
import { onTestFinished } from "vitest";
import { freePort } from "#adapters/local/free-port";
import { privateKey, secret } from "#test/bot/support/parts";

export const here = { owner: "ada", repo: "models" };
export const INSTALLATION = 100;
export const APP = 4711;

export type Person = "ada" | "outsider";

const silence = (): void => undefined;
const QUIET = { debug: silence, info: silence, warn: silence, error: silence };

const permissions = {
  metadata: "read",
  contents: "write",
  pull_requests: "write",
  issues: "write",
  checks: "write",
  deployments: "write",
  actions: "read",
};
const events = ["pull_request", "pull_request_review", "issue_comment", "push", "check_run"];

/** `ada/models` on emulate, a GitHub somebody else wrote, with our app installed and its webhook pointing at a port. */
export async function emulatedGitHub() {
  const port = await freePort("127.0.0.1");
  const app = {
    app_id: APP,
    slug: "tidemark",
    name: "Tidemark",
    private_key: privateKey,
    permissions,
    events,
    webhook_url: `http://127.0.0.1:${port}/api/github/webhooks`,
    webhook_secret: secret,
    installations: [{ installation_id: INSTALLATION, account: "ada" }],
  };
  const github = {
    users: [{ login: "ada" }, { login: "outsider" }],
    repos: [{ owner: "ada", name: "models", auto_init: true }],
    apps: [app],
  };
  const tokens = {
    "token-of-ada": { login: "ada", scopes: ["repo"] },
    "token-of-outsider": { login: "outsider", scopes: ["repo"] },
  };
  const emulatorPort = await freePort("127.0.0.1");
  const url = `http://127.0.0.1:${emulatorPort}`;
  const emulator = await createEmulator({
    service: "github",
    port: emulatorPort,
    hostname: "127.0.0.1",
    baseUrl: url,
    seed: { tokens, github },
  });
  onTestFinished(() => emulator.close());
  const as = (person: Person) => new Octokit({ baseUrl: url, auth: `token-of-${person}`, log: QUIET });
  const auth = { appId: APP, privateKey, installationId: INSTALLATION };
  const bot = new Octokit({ baseUrl: url, authStrategy: createAppAuth, auth, log: QUIET });
  const environment = {
    APP_ID: String(APP),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: secret,
    PORT: String(port),
    GITHUB_API_URL: url,
    LOG_LEVEL: "fatal",
  };
  return { url, as, bot, environment };
}

/** Somebody commits a file on a branch, which begins at main when there is none. */
export async function commitFile(
  octokit: Octokit,
  file: { branch: string; path: string; text: string },
): Promise<string> {
  const { branch, path, text } = file;
  const { data: main } = await octokit.rest.git.getRef({ ...here, ref: "heads/main" });
  if (branch !== "main")
    await octokit.rest.git.createRef({ ...here, ref: `refs/heads/${branch}`, sha: main.object.sha }).catch(silence);
  const content = Buffer.from(text).toString("base64");
  const { data } = await octokit.rest.repos.createOrUpdateFileContents({
    ...here,
    branch,
    path,
    content,
    message: `Add ${path}`,
  });
  return data.commit.sha ?? "";
}
