import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export const root = join(import.meta.dirname, "../../..");

/** Brings dist/ up to date; a moment when nothing changed. Two at once would build it twice: run the files one by one. */
export async function bundled(): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, "scripts/bundle.ts")], { cwd: root });
}

export const BUNDLE_TIMEOUT_MS = 120_000;
