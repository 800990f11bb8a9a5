import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { startTimeOf } from "#adapters/local/process-table";
import { stopLocalTarget } from "#adapters/local/stop";

// A demo that was killed could not stop its bot and its server. It has noted them, so that the next one can. A process
// that only took over a number started at another time and is left alone.

const Noted = z.array(z.object({ pid: z.number().int().min(2), startTime: z.string() }));

const NOTE = "processes.json";

export const servingFolder = (folder: string): string => join(folder, "serving");

/** Remembers a process of this demo for the next one. */
export async function noteProcess(folder: string, pid: number): Promise<void> {
  const startTime = await startTimeOf(pid);
  if (startTime !== undefined) await writeFile(join(folder, NOTE), JSON.stringify([{ pid, startTime }]));
}

/** Ends what a killed demo left running and gives an empty folder. */
export async function clearStage(folder: string): Promise<void> {
  await stopLocalTarget(servingFolder(folder)).catch(() => undefined);
  for (const { pid, startTime } of await noted(folder)) {
    if ((await startTimeOf(pid)) === startTime) process.kill(pid, "SIGKILL");
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

async function noted(folder: string): Promise<z.output<typeof Noted>> {
  const text = await readFile(join(folder, NOTE), "utf8").catch(() => "[]");
  try {
    return Noted.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
