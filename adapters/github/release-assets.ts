import { openAsBlob } from "node:fs";
import { z } from "zod";
import { type Client, undefinedWhenMissing } from "./client.ts";
import { createOnce } from "./create-once.ts";
import { firstItem } from "./pages.ts";
import { statusOf } from "./problems.ts";

const TAG = "tidemark-store";
const UPLOAD_SECONDS = 1_800;
const RELEASES = "/repos/{owner}/{repo}/releases";
export const ASSET = `${RELEASES}/assets/{asset_id}`;

const Release = z.object({ id: z.number(), upload_url: z.string() });
export type Store = z.output<typeof Release>;

const RawAsset = z.object({
  id: z.number(),
  name: z.string(),
  state: z.string(),
  size: z.number(),
  digest: z.string().nullish(),
});
export type Asset = z.output<typeof RawAsset>;

/** The one release that holds the objects: a prerelease, so that it is never "the latest". */
export async function storeRelease(client: Client, wanted: "created"): Promise<Store>;
export async function storeRelease(client: Client, wanted: "existing"): Promise<Store | undefined>;
export async function storeRelease(client: Client, wanted: "created" | "existing"): Promise<Store | undefined> {
  const find = () => client.find(`GET ${RELEASES}/tags/{tag}`, Release, { tag: TAG });
  const existing = await find();
  if (existing !== undefined || wanted === "existing") return existing;
  const create = () =>
    client.write(`POST ${RELEASES}`, Release, {
      tag_name: TAG,
      name: "Tidemark store",
      body: "Model files under their digests, kept by Tidemark. Deleting an asset makes a version undeployable.",
      prerelease: true,
      make_latest: "false",
    });
  try {
    return await createOnce(create, find);
  } catch (error) {
    const made = statusOf(error) === 422 ? await find() : undefined;
    if (made === undefined) throw error;
    return made;
  }
}

export function assetNamed(client: Client, { id }: Store, name: string): Promise<Asset | undefined> {
  const list = { route: `GET ${RELEASES}/{release_id}/assets`, item: RawAsset, parameters: { release_id: id } };
  return firstItem(client, list, (asset) => asset.name === name);
}

export async function removeAsset(client: Client, { id }: Asset): Promise<void> {
  await client.write(`DELETE ${ASSET}`, z.unknown(), { asset_id: id }).catch(undefinedWhenMissing);
}

/** A blob of the file knows its length and is read while it is sent. */
export async function uploadAsset(
  client: Client,
  { upload_url: uploadUrl }: Store,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<Asset> {
  const answer = await client.raw(
    `POST ${uploadUrl.replace(/\{.*$/, "")}{?name}`,
    { name, data: await openAsBlob(file), headers: { "content-type": "application/octet-stream" } },
    UPLOAD_SECONDS,
  );
  return RawAsset.parse(answer.data);
}
