import { spawn } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import type { Release } from "#core/ports/deploy-target";
import { groupIsRunning, startTimeOf } from "./process-table.ts";

/** A server we started: the process is ours only while its start time is the one we noted. */
export const ServerProcess = z.object({
  pid: z.number().int().min(2),
  startTime: z.string(),
  digest: Digest,
  port: z.number().int(),
  log: z.string(),
});
export type ServerProcess = z.output<typeof ServerProcess>;

export interface ServerPlace {
  readonly command: string;
  readonly folder: string;
  readonly stateFolder: string;
  readonly host: string;
  readonly port: number;
}

/** Starts the server so that it outlives us, in a process group of its own, printing into a log file. */
export async function startServer(place: ServerPlace, { model, digest, folder }: Release): Promise<ServerProcess> {
  const { command, folder: cwd, stateFolder, host, port } = place;
  const logs = join(stateFolder, "logs");
  await mkdir(logs, { recursive: true });
  const log = join(logs, `${model}-${digest.slice(7, 19)}-${port}.log`);
  const output = await open(log, "w");
  try {
    const child = spawn(command, {
      cwd,
      shell: true,
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
      env: { ...inherited(), TIDEMARK_MODEL_DIR: folder, TIDEMARK_MODEL_NAME: model, HOST: host, PORT: String(port) },
    });
    await new Promise((resolve, reject) => child.once("spawn", () => resolve(undefined)).once("error", reject));
    child.unref();
    const pid = child.pid ?? 0;
    return { pid, startTime: (await startTimeOf(pid)) ?? "ended", digest, port, log };
  } catch (cause) {
    throw new UserError("TARGET_UNHEALTHY", `The command "${command}" could not be started.`, "Check the command.", {
      cause,
    });
  } finally {
    await output.close();
  }
}

/** The server gets no token and no secret of the step that starts it. */
function inherited(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "SystemRoot"];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

export async function isRunning({ pid, startTime }: ServerProcess): Promise<boolean> {
  return (await startTimeOf(pid)) === startTime;
}

const GRACE_MS = 10_000;
const POLL_MS = 50;

/** Ends the server and everything it started. A process that only took over its number is left alone. */
export async function stopServer(server: ServerProcess): Promise<void> {
  if (!(await isRunning(server))) return;
  signalGroup(server.pid, "SIGTERM");
  const deadline = performance.now() + GRACE_MS;
  while ((await groupIsRunning(server.pid)) && performance.now() < deadline) await pause();
  signalGroup(server.pid, "SIGKILL");
  while (await isRunning(server)) await pause();
}

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended.
  }
}
