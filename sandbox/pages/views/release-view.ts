import type { Release } from "../../model/release.ts";
import type { Repository } from "../../model/repository.ts";
import { assetItem } from "../../resources/release.ts";
import type { SandboxState } from "../../state.ts";
import type { ReleaseView } from "../view.ts";

function releaseView(state: SandboxState, repository: Repository, release: Release): ReleaseView {
  const { tagName, name, publishedAt, createdAt, body, assets } = release;
  return {
    tag: tagName,
    name: name ?? "",
    at: publishedAt ?? createdAt,
    body: body ?? "",
    assets: assets.map((asset) => ({
      name: asset.name,
      sizeBytes: asset.sizeBytes,
      url: assetItem(state, repository, { release, asset }).browser_download_url,
    })),
  };
}

/** Newest first, drafts left out. */
export function releaseViews(state: SandboxState, repository: Repository): ReleaseView[] {
  const published = [...repository.releases.values()].filter(({ draft }) => !draft);
  return published.reverse().map((release) => releaseView(state, repository, release));
}
