import { join } from "node:path";
import type { Repository } from "../model/repository.ts";
import { BlobStore } from "../runner/blob-store.ts";
import type { SandboxState } from "../state.ts";

export type Download = (
  repository: Repository,
  wanted: { readonly tag: string; readonly name: string },
) => Response | undefined;

/** Release files at their `browser_download_url`: published and public ones only, since nobody signs in to a page. */
export function releaseDownloads(state: SandboxState): Download {
  const blobs = new BlobStore(join(state.directory, "blobs"));
  return (repository, { tag, name }) => {
    const release = [...repository.releases.values()].find(({ tagName, draft }) => tagName === tag && !draft);
    const asset = release?.assets.find((candidate) => candidate.name === name);
    if (!asset || repository.private) return undefined;
    asset.downloads += 1;
    const headers = {
      "content-type": "application/octet-stream",
      "content-length": String(asset.sizeBytes),
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "x-content-type-options": "nosniff",
    };
    return new Response(blobs.read(asset.blobId), { headers });
  };
}
