import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Sandbox } from "#sandbox/sandbox";
import { gatedSandbox } from "#test/support/gated-sandbox";
import { shellQuoted } from "#test/support/shell-quoted";
import { temporaryFolder } from "#test/support/temporary-folder";
import { secret, until } from "./parts.ts";

const permissions = { metadata: "read", contents: "write", pull_requests: "write", issues: "write" } as const;
const events = ["pull_request", "issue_comment", "push"];

/** A sandbox with `ada/models` and the app installed in it; the webhook's address is set when the bot runs. */
export async function withGitHub() {
  const folder = await temporaryFolder();
  const sandbox = await gatedSandbox({ directory: join(folder, "github") });
  const { token } = sandbox.createUser({ login: "ada" });
  await sandbox.createRepository({ owner: "ada", name: "models", files: { "README.md": "# Models\n" } });
  const webhook = { url: "http://127.0.0.1:9/", secret };
  const app = sandbox.createApp({ slug: "tidemark", permissions, events, webhook });
  const installationId = sandbox.installApp(app.id, "ada/models");
  const environment = {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: secret,
    PORT: "0",
    GITHUB_API_URL: sandbox.url,
    JOURNAL_PATH: join(folder, "journal.sqlite"),
    STUB_FILE: join(folder, "worked.txt"),
    // A killed bot leaves its scratch folder behind.
    TMPDIR: folder,
  };
  const worked = (): string[] => readLines(environment.STUB_FILE);
  return { sandbox, token, app, installationId, environment, worked };
}

const readLines = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];

/** Sends the app's webhooks there from now on. */
export function pointWebhookAt(sandbox: Sandbox, appId: number, url: string): void {
  const app = sandbox.state.apps.get(appId);
  if (app !== undefined) app.webhook.url = `${url}/api/github/webhooks`;
}

export interface BotProcess {
  readonly url: string;
  readonly output: () => string;
  /** Resolves to the exit code or the signal. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | string>;
}

const PROGRAM = "test/bot/support/bot-process.ts";

export async function startProcess(
  environment: Readonly<Record<string, string>>,
  shell?: (command: string) => string,
): Promise<BotProcess> {
  const child = start(environment, shell);
  let output = "";
  const keep = (bytes: Buffer): void => {
    output += bytes.toString();
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const exited = once(child, "exit").then(([code, signal]) => (signal ?? code) as number | string);
  onTestFinished(() => void child.kill("SIGKILL"));
  await Promise.race([
    until(() => /Listens on \S+\n/.test(output)),
    exited.then(() => Promise.reject(new Error(`The bot did not start:\n${output}`))),
  ]);
  const url = /Listens on (?<url>\S+)/.exec(output)?.groups?.["url"] ?? "";
  return {
    url,
    output: () => output,
    end: (signal) => {
      child.kill(signal);
      return exited;
    },
  };
}

function start(environment: Readonly<Record<string, string>>, shell?: (command: string) => string): ChildProcess {
  const options = { env: { PATH: process.env["PATH"] ?? "", ...environment } };
  return shell === undefined
    ? spawn(process.execPath, [PROGRAM], options)
    : spawn("sh", ["-c", shell(`exec ${shellQuoted(process.execPath)} ${shellQuoted(PROGRAM)}`)], options);
}
