import type { IncomingMessage } from "node:http";
import type { Digest } from "#core/digest";
import { header } from "./answer.ts";
import { discard, type S3Client } from "./client.ts";

const DIGEST = "x-amz-meta-tidemark-sha256";
const UPLOAD = "x-amz-meta-tidemark-upload";

/** What we write beside an object, and read back: an ETag is not a digest of the bytes once there were parts. */
export interface Label {
  readonly digest: Digest;
  /** Tells our own upload, whose answer was lost, from someone else's. */
  readonly upload: string;
}

export function labelHeaders({ digest, upload }: Label): Record<string, string> {
  return { [DIGEST]: digest.slice("sha256:".length), [UPLOAD]: upload };
}

export interface Head {
  readonly size: number;
  /** Undefined when the object is not from us. */
  readonly digest: Digest | undefined;
  readonly upload: string | undefined;
}

export function digestIn(answer: IncomingMessage): Digest | undefined {
  const hex = header(answer, DIGEST);
  return hex !== undefined && /^[0-9a-f]{64}$/.test(hex) ? `sha256:${hex}` : undefined;
}

/** What is under a key of the bucket, without its bytes; undefined when there is nothing. */
export function headObject(client: S3Client, key: string): Promise<Head | undefined> {
  return client.call({ method: "HEAD", key, expected: [404] }, async (answer) => {
    await discard(answer);
    if (answer.statusCode === 404) return undefined;
    const size = Number(header(answer, "content-length") ?? Number.NaN);
    return { size, digest: digestIn(answer), upload: header(answer, UPLOAD) };
  });
}
