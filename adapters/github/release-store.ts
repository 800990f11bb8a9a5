import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import type { ObjectStore } from "#core/ports/object-store";
import { type Client, githubClient, type RepositoryAccess } from "./client.ts";
import { downloadTo } from "./download.ts";
import { measureFile } from "./measure-file.ts";
import { isOutcomeUnknown, statusOf } from "./problems.ts";
import { ASSET, type Asset, assetNamed, removeAsset, type Store, storeRelease, uploadAsset } from "./release-assets.ts";

/** GitHub keeps assets of up to 2 GiB. */
const MAX_BYTES = 2 * 1024 ** 3;

/** Keeps objects as assets named `sha256-<hex>` of one release, tagged `tidemark-store`. */
export function releaseStore(access: RepositoryAccess): ObjectStore {
  const client = githubClient(access);
  return {
    has: async (digest) => {
      const store = await storeRelease(client, "existing");
      return store !== undefined && (await uploaded(client, store, digest)) !== undefined;
    },
    put: (digest, file) => put(client, digest, file),
    get: (digest, file) => get(client, digest, file),
    description: `release "tidemark-store" of ${access.owner}/${access.name}`,
  };
}

const assetName = (digest: Digest): string => Digest.parse(digest).replace(":", "-");

/** The object's asset, if every byte of it arrived. */
async function uploaded(client: Client, store: Store, digest: Digest): Promise<Asset | undefined> {
  const asset = await assetNamed(client, store, assetName(digest));
  return asset?.state === "uploaded" && (asset.digest ?? digest) === digest ? asset : undefined;
}

async function put(client: Client, digest: Digest, file: string): Promise<void> {
  const { size, digest: found } = await measureFile(file);
  if (found !== digest) throw refused(`The file "${file}" was to be stored as ${digest} but its bytes are ${found}.`);
  if (size > MAX_BYTES)
    throw refused(`The file "${file}" has ${size} bytes; a GitHub release takes at most ${MAX_BYTES}.`);
  const store = await storeRelease(client, "created");
  const name = assetName(digest);
  const existing = await assetNamed(client, store, name);
  if (existing !== undefined && isWhole(existing, { size, digest })) return;
  // A half-uploaded asset keeps its name taken and never becomes whole.
  if (existing !== undefined) await removeAsset(client, existing);
  await uploadOnce(client, store, { name, file, size, digest });
}

interface Upload {
  readonly name: string;
  readonly file: string;
  readonly size: number;
  readonly digest: Digest;
}

/** An upload whose answer was lost is looked for; what arrived in part is deleted and sent once more. */
async function uploadOnce(client: Client, store: Store, upload: Upload): Promise<void> {
  const send = async (): Promise<void> => {
    const asset = await uploadAsset(client, store, upload);
    if (!isWhole(asset, upload))
      throw refused(`GitHub kept ${asset.size} of ${upload.size} bytes of ${upload.digest}.`);
  };
  try {
    await send();
  } catch (error) {
    if (!isOutcomeUnknown(error) && statusOf(error) !== 422) throw error;
    const arrived = await assetNamed(client, store, upload.name);
    if (arrived !== undefined && isWhole(arrived, upload)) return;
    if (arrived !== undefined) await removeAsset(client, arrived);
    await send();
  }
}

/** GitHub gives an asset's digest since 2025; older servers give its size only. */
function isWhole(asset: Asset, { size, digest }: { readonly size: number; readonly digest: Digest }): boolean {
  return asset.state === "uploaded" && asset.size === size && (asset.digest ?? digest) === digest;
}

function refused(problem: string): UserError {
  return new UserError("STORE_REFUSED", problem, "Run the step that writes the file again, or choose another store.");
}

async function get(client: Client, digest: Digest, file: string): Promise<void> {
  const store = await storeRelease(client, "existing");
  const asset = store && (await uploaded(client, store, digest));
  if (asset === undefined) {
    throw new UserError("OBJECT_MISSING", `No object ${digest} in the store.`, "Check that the candidate was stored.");
  }
  await mkdir(dirname(file), { recursive: true });
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const parameters = { asset_id: asset.id, headers: { accept: "application/octet-stream" } };
    await downloadTo(client, { route: `GET ${ASSET}`, parameters, maxBytes: MAX_BYTES }, temporary);
    const { digest: found } = await measureFile(temporary);
    if (found !== digest) throw corrupt(digest, found);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

function corrupt(digest: Digest, found: Digest): UserError {
  return new UserError(
    "OBJECT_CORRUPT",
    `The store's object ${digest} now has the bytes ${found}.`,
    "Delete that asset of the release and store the file again.",
  );
}
