import { nodeId } from "../identifiers.ts";
import type { Release, ReleaseAsset } from "../model/release.ts";
import type { Repository } from "../model/repository.ts";
import type { SandboxState } from "../state.ts";
import { apiUrl, htmlUrl } from "./repository.ts";
import type { AssetShape, ReleaseShape } from "./shapes.ts";
import { simpleUser } from "./user.ts";

export function assetItem(
  state: SandboxState,
  repository: Repository,
  { release, asset }: { release: Release; asset: ReleaseAsset },
): AssetShape {
  const download = `${htmlUrl(state, repository)}/releases/download/${encodeURIComponent(release.tagName)}`;
  return {
    url: `${apiUrl(state, repository)}/releases/assets/${asset.id}`,
    browser_download_url: `${download}/${encodeURIComponent(asset.name)}`,
    id: asset.id,
    node_id: nodeId("ReleaseAsset", asset.id),
    name: asset.name,
    label: asset.label,
    state: "uploaded",
    content_type: asset.contentType,
    size: asset.sizeBytes,
    digest: asset.digest,
    download_count: asset.downloads,
    created_at: asset.createdAt,
    updated_at: asset.createdAt,
    uploader: simpleUser(state, asset.uploader),
  };
}

export function releaseItem(state: SandboxState, repository: Repository, release: Release): ReleaseShape {
  const api = apiUrl(state, repository);
  const url = `${api}/releases/${release.id}`;
  const tag = encodeURIComponent(release.tagName);
  return {
    url,
    html_url: `${htmlUrl(state, repository)}/releases/tag/${tag}`,
    assets_url: `${url}/assets`,
    upload_url: `${state.url}/uploads/repos/${repository.fullName}/releases/${release.id}/assets{?name,label}`,
    tarball_url: release.draft ? null : `${api}/tarball/${tag}`,
    zipball_url: release.draft ? null : `${api}/zipball/${tag}`,
    id: release.id,
    node_id: nodeId("Release", release.id),
    tag_name: release.tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    body: release.body,
    draft: release.draft,
    immutable: false,
    prerelease: release.prerelease,
    created_at: release.createdAt,
    updated_at: release.createdAt,
    published_at: release.publishedAt,
    author: simpleUser(state, release.author),
    assets: release.assets.map((asset) => assetItem(state, repository, { release, asset })),
  };
}
