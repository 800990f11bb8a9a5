import type { Documents } from "../ports/documents.ts";
import type { GivenFiles } from "../ports/given-files.ts";
import { readProfile } from "./profile/reference-profile.ts";
import type { ReferenceSource } from "./survey.ts";

// About 1,500 columns; a report's limit would end at 25.
const MAX_BYTES = 64 * 1024 * 1024;

/** A profile when the path ends in .json, else rows. @throws UserError PROFILE_UNREADABLE, DOCUMENT_MALFORMED */
export async function readReference(
  path: string,
  { files, documents }: { readonly files: GivenFiles; readonly documents: Documents },
): Promise<ReferenceSource> {
  if (!path.toLowerCase().endsWith(".json")) return { kind: "rows", path: files.locate(path) };
  const value = documents.parse(await files.readText(path, MAX_BYTES), path, MAX_BYTES);
  return { kind: "profile", profile: readProfile(value, path) };
}
