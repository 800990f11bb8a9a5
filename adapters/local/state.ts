import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "#core/errors";
import { ModelName } from "#core/names";
import { ServerProcess } from "./server-process.ts";

/** Which processes are ours. What they serve is asked of them, never read from here. */
const LocalState = z.object({ serving: ServerProcess.optional(), rehearsal: ServerProcess.optional() });
export type LocalState = z.output<typeof LocalState>;

const SUFFIX = ".state.json";
const stateFile = (folder: string, model: string): string => join(folder, `${ModelName.parse(model)}${SUFFIX}`);

export async function readState(folder: string, model: string): Promise<LocalState> {
  const path = stateFile(folder, model);
  try {
    return LocalState.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new UserError(
      "TARGET_STATE_UNREADABLE",
      `The state file "${path}" cannot be read.`,
      "Stop the server by hand, delete the file and deploy again.",
      { cause: error },
    );
  }
}

export async function writeState(
  folder: string,
  model: string,
  state: { [Key in keyof LocalState]: LocalState[Key] | undefined },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = stateFile(folder, model);
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const file = await open(temporary, "wx", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}

export async function forgetState(folder: string, model: string): Promise<void> {
  await rm(stateFile(folder, model), { force: true });
}

/** The models something is noted of. */
export async function notedModels(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
}
