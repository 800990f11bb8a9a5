import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

export interface JavaProcess {
  /** When it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Asks it to end; after 20 seconds, or with "kill" at once, it is killed. */
  stop(how?: "ask" | "kill"): Promise<void>;
}

interface Program {
  readonly parameters: readonly string[];
  readonly folder: string;
  /** The file that takes what it says. */
  readonly log: string;
}

// The shell tells Java's process id and kills it when its own input ends: with us, however we end.
const GUARD =
  'exec 3<&0; "$@" </dev/null >&2 & java=$!; echo $java; (cat <&3 >/dev/null; kill -9 $java 2>/dev/null) & wait $java';

/** Starts Java and waits until `isReady` ends; a program that ends or fails before is reported with what it said. */
export async function startJava(
  { parameters, folder, log }: Program,
  isReady: () => Promise<void>,
): Promise<JavaProcess> {
  const line = ["-c", `exec 2>>"$0"; ${GUARD}`, log, "java", ...parameters];
  const guard = spawn("sh", line, { cwd: folder, stdio: "pipe" });
  const ended = new Promise<void>((resolve) => guard.once("exit", () => resolve()));
  const pid = Number(await new Promise<string>((resolve) => createInterface(guard.stdout).once("line", resolve)));
  const stop = async (how: "ask" | "kill" = "ask") => {
    signal(pid, how === "kill" ? "SIGKILL" : "SIGTERM");
    const late = setTimeout(() => signal(pid, "SIGKILL"), 20_000);
    await ended;
    clearTimeout(late);
    guard.stdin.end();
  };
  const over = ended.then(() => Promise.reject(new Error("it ended")));
  await Promise.race([isReady(), over]).catch(async (error: unknown) => {
    await stop("kill");
    const said = await readFile(log, "utf8");
    throw new Error(`Java did not become ready: ${error}\n${said.slice(-4_000)}`);
  });
  return { ended, stop };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
