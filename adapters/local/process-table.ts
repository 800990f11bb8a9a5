import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** When a process started, as the system tells it; undefined when there is none or it has ended. */
export function startTimeOf(pid: number): Promise<string | undefined> {
  return process.platform === "linux" ? entryOf(pid).then((entry) => entry?.startTime) : startTimeFromPs(pid);
}

/** Whether any process of a group still runs. One that ended but was never collected by its parent does not count. */
export async function groupIsRunning(group: number): Promise<boolean> {
  if (process.platform !== "linux") return answersSignals(group);
  const names = await readdir("/proc");
  const entries = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => entryOf(Number(name))));
  return entries.some((entry) => entry?.group === String(group));
}

interface Entry {
  readonly group: string | undefined;
  readonly startTime: string | undefined;
}

// proc_pid_stat(5): after the name in parentheses come state (field 3), parent (4), group (5) … start time (22).
const GROUP = 5 - 3;
const START_TIME = 22 - 3;

async function entryOf(pid: number): Promise<Entry | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const hasEnded = fields[0] === "Z" || fields[0] === "X";
  return hasEnded ? undefined : { group: fields[GROUP], startTime: fields[START_TIME] };
}

async function startTimeFromPs(pid: number): Promise<string | undefined> {
  const result = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => undefined);
  const text = result?.stdout.trim();
  return text === "" ? undefined : text;
}

function answersSignals(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
