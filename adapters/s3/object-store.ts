import { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import type { ObjectStore } from "#core/ports/object-store";
import { type S3Client, type S3Options, s3Client } from "./client.ts";
import { download } from "./download.ts";
import { headObject } from "./metadata.ts";
import { realSurroundings } from "./surroundings.ts";
import { measureUpload, upload } from "./upload.ts";

/** Keeps objects as `sha256/<hex>` in a bucket. */
export function s3Store(options: S3Options, surroundings = realSurroundings): ObjectStore {
  const client = s3Client(options, surroundings);
  const { bucket, prefix } = client.location;
  const keyOf = (digest: Digest): string => `${prefix}sha256/${Digest.parse(digest).slice("sha256:".length)}`;
  return {
    has: async (digest) => (await headObject(client, keyOf(digest)))?.digest === digest,
    put: (digest, file) => put(client, { digest, file, key: keyOf(digest) }),
    get: async (digest, file) => {
      await download(client, { key: keyOf(digest), file, digest });
    },
    description: `s3://${bucket}/${prefix}`,
  };
}

interface Order {
  readonly digest: Digest;
  readonly file: string;
  readonly key: string;
}

async function put(client: S3Client, { digest, file: path, key }: Order): Promise<void> {
  const file = await measureUpload(path);
  if (file.digest !== digest) {
    throw new UserError(
      "STORE_REFUSED",
      `The file "${path}" was to be stored as ${digest} but its bytes are ${file.digest}.`,
      "Something changed the file after it was measured; run the step that writes it again.",
    );
  }
  if ((await upload(client, { key, mode: "once", file })) === "stored") return;
  const found = await headObject(client, key);
  if (found?.digest === digest && found.size === file.size) return;
  // Not ours, or cut short: the right bytes take its place.
  await upload(client, { key, mode: "replace", file });
}
