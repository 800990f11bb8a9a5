import { UserError } from "#core/errors";
import { refused } from "./place.ts";

const HINTS: Readonly<Record<string, readonly [code: string, problem: string, hint: string]>> = {
  ENOENT: ["FILE_MISSING", "does not exist", "Check the path, and that the step which writes it ran before."],
  ENOTDIR: ["FILE_MISSING", "does not exist", "Check the path, and that the step which writes it ran before."],
  EACCES: ["FILE_REFUSED", "may not be accessed", "Give this user the right to read and write it."],
  EPERM: ["FILE_REFUSED", "may not be accessed", "Give this user the right to read and write it."],
  EROFS: ["FILE_REFUSED", "lies on a read-only disk", "Choose a folder that can be written."],
  ENOSPC: ["DISK_FULL", "could not be written: the disk is full", "Free some space and run again."],
};

/** Says of an error of the file system what happened to which path. */
export function explained(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError || !("code" in error)) return error;
  if (error.code === "EISDIR") return refused(path, "it is a folder", error);
  if (error.code === "ELOOP") return refused(path, "its links go in a circle", error);
  const known = HINTS[String(error.code)];
  if (known === undefined) return error;
  const [code, problem, hint] = known;
  return new UserError(code, `The file "${path}" ${problem}.`, hint, { cause: error });
}
