import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";

export interface BotAccess {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly apiUrl: string;
  readonly port: number;
  /** For its journal and its log. */
  readonly folder: string;
}

export interface BotProcess {
  readonly pid: number;
  stop(): Promise<void>;
}

/** The real bot in its own process, ready when it says that it listens. It ends when this process does. */
export async function startBot(root: string, access: BotAccess): Promise<BotProcess> {
  const child = spawn(process.execPath, [join(root, "bot/main.ts")], {
    cwd: access.folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      APP_ID: String(access.appId),
      PRIVATE_KEY: access.privateKey,
      WEBHOOK_SECRET: access.webhookSecret,
      GITHUB_API_URL: access.apiUrl,
      HOST: "127.0.0.1",
      PORT: String(access.port),
      JOURNAL_PATH: join(access.folder, "journal.sqlite"),
      LOG_FORMAT: "json",
    },
  });
  const log = createWriteStream(join(access.folder, "bot.log"));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  await listening(child);
  return { pid: child.pid ?? 0, stop: () => stop(child) };
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes("listens on")) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`The bot ended with ${code}: ${said}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
