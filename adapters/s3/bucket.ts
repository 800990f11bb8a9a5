import type { Bucket } from "#core/ports/bucket";
import { type S3Options, s3Client } from "./client.ts";
import { download } from "./download.ts";
import { listObjects } from "./list-objects.ts";
import { realSurroundings } from "./surroundings.ts";
import { measureUpload, upload } from "./upload.ts";

/** One bucket, or a prefix of it, on Amazon's or any other server that speaks the S3 protocol. */
export function s3Bucket(options: S3Options, surroundings = realSurroundings): Bucket {
  const client = s3Client(options, surroundings);
  const { bucket, prefix } = client.location;
  return {
    list: (below) => listObjects(client, below),
    get: (key, file) => download(client, { key: prefix + key, file }),
    put: async (key, path, mode) => {
      const file = await measureUpload(path);
      return await upload(client, { key: prefix + key, mode, file });
    },
    description: `s3://${bucket}/${prefix}`,
  };
}
