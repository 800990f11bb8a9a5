import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import type { Keys } from "./credentials.ts";
import { keyPath, queryText } from "./object-key.ts";
import type { Location } from "./place.ts";
import type { Body } from "./transport.ts";

export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  /** The whole key; without one the request is about the bucket. */
  readonly key?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

export interface SignedRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

const NOTHING = createHash("sha256").digest("hex");

export interface Signature {
  readonly location: Location;
  readonly keys: Keys;
  readonly at: Date;
}

/**
 * Signature version 4 over the real bytes (x-amz-content-sha256): a server that checks it takes no other bytes, over plain
 * http as well. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function sign(request: S3Request, { location, keys, at }: Signature): Promise<SignedRequest> {
  const signer = new AwsV4Signer({
    method: request.method,
    url: addressOf(request, location),
    headers: {
      ...request.headers,
      "x-amz-content-sha256": request.body?.sha256 ?? NOTHING,
    },
    accessKeyId: keys.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
    service: "s3",
    region: location.region,
    datetime: at.toISOString().replace(/[:-]|\.\d{3}/g, ""),
  });
  const { url, headers } = await signer.sign();
  // Not signed: proxies rewrite it.
  return { url, headers: { ...Object.fromEntries(headers), "accept-encoding": "identity" } };
}

function addressOf({ key, query = {} }: S3Request, { origin, path }: Location): string {
  const bucket = path === "/" ? "/" : path.slice(0, -1);
  const search = queryText(query);
  return origin + (key === undefined ? bucket : path + keyPath(key)) + (search === "" ? "" : `?${search}`);
}
