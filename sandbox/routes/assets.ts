import { z } from "zod";
import { type Answer, created, noContent, ok, page, redirect } from "../http/answer.ts";
import { ApiError, notFound, validationFailed } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { needs, type Route, route } from "../http/route.ts";
import type { Release, ReleaseAsset } from "../model/release.ts";
import { assetItem } from "../resources/release.ts";
import { signedUrl } from "../runner/blob-door.ts";
import type { BlobStore } from "../runner/blob-store.ts";
import { requestedRelease } from "./releases.ts";

interface Found {
  readonly release: Release;
  readonly asset: ReleaseAsset;
}

function requestedAsset(call: Call): Found {
  const id = call.number("asset_id");
  for (const release of call.repository.releases.values()) {
    const asset = release.assets.find((candidate) => candidate.id === id);
    if (asset) return { release, asset };
  }
  throw notFound();
}

function getAsset(call: Call, blobs: BlobStore): Answer {
  const found = requestedAsset(call);
  if (!call.accepts("application/octet-stream")) return ok(assetItem(call.state, call.repository, found));
  const { asset } = found;
  asset.downloads += 1;
  const { blobId: id, name: fileName, contentType } = asset;
  return redirect(signedUrl(call, blobs, { id, access: "read", fileName, contentType }));
}

/** GitHub replaces what it will not store in a file name by dots. */
const storedName = (name: string): string => name.replace(/[^\w.+@-]+/g, ".");

async function uploadAsset(call: Call, blobs: BlobStore): Promise<Answer> {
  const release = requestedRelease(call);
  const name = storedName(call.query("name") ?? "");
  if (name === "") throw new ApiError(400, "Missing required query parameter: name");
  refuseTwin(release, name);
  const blobId = blobs.newId();
  const stored = await blobs.write(blobId, call.request.stream);
  // Two uploads of one name may have run side by side; the first to finish wins.
  refuseTwin(release, name);
  const asset: ReleaseAsset = {
    id: call.state.nextId(),
    name,
    label: call.query("label") ?? "",
    contentType: call.request.headers.get("content-type") ?? "application/octet-stream",
    ...stored,
    blobId,
    uploader: call.account,
    createdAt: call.state.now(),
    downloads: 0,
  };
  release.assets.push(asset);
  return created(assetItem(call.state, call.repository, { release, asset }));
}

function refuseTwin(release: Release, name: string): void {
  if (!release.assets.some((asset) => asset.name === name)) return;
  throw validationFailed({ resource: "ReleaseAsset", code: "already_exists", field: "name" });
}

const UpdateRequest = z.object({ name: z.string().optional(), label: z.string().optional() });

function updateAsset(call: Call): Answer {
  const found = requestedAsset(call);
  const { name, label } = call.read(UpdateRequest);
  if (name !== undefined && name !== found.asset.name) refuseTwin(found.release, storedName(name));
  found.asset.name = name === undefined ? found.asset.name : storedName(name);
  found.asset.label = label ?? found.asset.label;
  return ok(assetItem(call.state, call.repository, found));
}

async function deleteAsset(call: Call, blobs: BlobStore): Promise<Answer> {
  const { release, asset } = requestedAsset(call);
  release.assets.splice(release.assets.indexOf(asset), 1);
  await blobs.delete(asset.blobId);
  return noContent();
}

const ASSET = "/repos/{owner}/{repo}/releases/assets/{asset_id}";
const OF_RELEASE = "/repos/{owner}/{repo}/releases/{release_id}/assets";

export function assetRoutes(blobs: BlobStore): readonly Route[] {
  const writes = needs("contents:write");
  return [
    route(`GET ${OF_RELEASE}`, needs("contents:read"), (call) => {
      const release = requestedRelease(call);
      return page(call, release.assets, (asset) => assetItem(call.state, call.repository, { release, asset }));
    }),
    // github.com has a host of its own for uploads.
    route(`POST /uploads${OF_RELEASE}`, writes, (call) => uploadAsset(call, blobs)),
    route(`GET ${ASSET}`, needs("contents:read"), (call) => getAsset(call, blobs)),
    route(`PATCH ${ASSET}`, writes, updateAsset),
    route(`DELETE ${ASSET}`, writes, (call) => deleteAsset(call, blobs)),
  ];
}
