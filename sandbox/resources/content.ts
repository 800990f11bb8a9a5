import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { apiUrl, htmlUrl } from "./repository.ts";

export interface ContentEntry {
  readonly path: string;
  readonly ref: string;
  readonly sha: string;
  readonly size: number;
  readonly type: "blob" | "tree" | "commit";
}

const KIND = { blob: "file", tree: "dir", commit: "submodule" } as const;

export function contentEntry(state: SandboxState, repository: Repository, entry: ContentEntry) {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const api = apiUrl(state, repository);
  const html = htmlUrl(state, repository);
  const url = `${api}/contents/${path}?ref=${encodeURIComponent(entry.ref)}`;
  const git_url = `${api}/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.sha}`;
  const html_url = `${html}/${entry.type}/${entry.ref}/${path}`;
  return {
    name: entry.path.split("/").at(-1) ?? "",
    path: entry.path,
    sha: entry.sha,
    size: entry.size,
    url,
    html_url,
    git_url,
    download_url: entry.type === "blob" ? `${html}/raw/${entry.ref}/${path}` : null,
    type: KIND[entry.type],
    _links: { self: url, git: git_url, html: html_url },
  };
}

/** Above this size GitHub answers no content, only where to get it. */
const MAX_INLINE_BYTES = 1024 * 1024;

export function contentFile(
  state: SandboxState,
  repository: Repository,
  file: { path: string; ref: string; sha: string; content: Buffer },
) {
  const size = file.content.length;
  const inline = size <= MAX_INLINE_BYTES;
  // GitHub breaks base64 into lines of 60 characters.
  const content = inline ? file.content.toString("base64").replace(/(.{60})/g, "$1\n") : "";
  const entry = contentEntry(state, repository, { ...file, size, type: "blob" });
  return { ...entry, content: inline ? `${content}\n` : "", encoding: inline ? "base64" : "none" };
}
