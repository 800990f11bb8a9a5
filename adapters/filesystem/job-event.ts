import { readFileSync } from "node:fs";

/** The event that started the job, as GitHub's runner left it in a file; undefined outside a job. */
export function jobEvent(path: string | undefined): unknown {
  if (path === undefined || path === "") return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
