import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder of this machine's temporary place; in a job the runner's own, which is emptied after the job. */
export function scratchFolder(): Promise<string> {
  return mkdtemp(join(process.env["RUNNER_TEMP"] ?? tmpdir(), "tidemark-"));
}
