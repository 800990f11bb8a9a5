import { isTreePath } from "../../git/tree.ts";
import type { Repository } from "../../model/repository.ts";
import type { BlobView } from "../view.ts";
import { repositoryName } from "./names-view.ts";

/** Above this GitHub shows no text either. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** Only names of branches, tags and commits: no other revision syntax of git. */
async function commitOf({ git }: Repository, ref: string): Promise<string | undefined> {
  if (/^[0-9a-f]{7,40}$/.test(ref)) return git.commitSha(ref);
  const isName = await git.isValidRef(`refs/heads/${ref}`);
  return isName ? ((await git.branchSha(ref)) ?? git.commitSha(`refs/tags/${ref}`)) : undefined;
}

async function blobAt(
  repository: Repository,
  { ref, path }: { ref: string; path: string },
): Promise<BlobView | undefined> {
  const commit = isTreePath(path) ? await commitOf(repository, ref) : undefined;
  const entry = commit === undefined ? undefined : await repository.git.entry(commit, path);
  if (entry?.type !== "blob") return undefined;
  const content = entry.size <= MAX_TEXT_BYTES ? (await repository.git.blob(entry.sha))?.content : undefined;
  const text = content?.includes(0) === false ? content.toString() : undefined;
  return { repository: repositoryName(repository), ref, path, sizeBytes: entry.size, text };
}

/** The file at `ref/path`. A branch's name may hold slashes, so every split is tried. */
export async function blobView(repository: Repository, parts: readonly string[]): Promise<BlobView | undefined> {
  for (let split = 1; split < parts.length; split += 1) {
    const place = { ref: parts.slice(0, split).join("/"), path: parts.slice(split).join("/") };
    const view = await blobAt(repository, place);
    if (view) return view;
  }
  return undefined;
}
