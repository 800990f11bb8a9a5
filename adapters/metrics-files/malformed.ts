import { UserError } from "#core/errors";

export function malformed(place: string, reason: string, cause?: unknown): UserError {
  return new UserError("DOCUMENT_MALFORMED", `${place}: ${reason}.`, "Correct the file and run again.", { cause });
}
