import { UserError } from "#core/errors";

export interface S3Place {
  /** `s3://bucket` or `s3://bucket/prefix`. */
  readonly url: string;
  /**
   * Such as https://s3.example.org:8443. Only ever from the operator (an input, the environment), never from a file
   * that a pull request can change: naming it allows private addresses and plain http.
   */
  readonly endpoint?: string | undefined;
  /** Defaults to us-east-1, which other servers than Amazon's take as well. */
  readonly region?: string | undefined;
  /** The bucket in the path instead of in the host name; the default for an endpoint of one's own. */
  readonly pathStyle?: boolean | undefined;
}

export interface Location {
  readonly bucket: string;
  /** Empty, or ends with a slash. */
  readonly prefix: string;
  readonly region: string;
  /** Scheme, host and port. */
  readonly origin: string;
  /** What comes before an object's key in the path: `/` or `/bucket/`. */
  readonly path: string;
  readonly isNamedByOperator: boolean;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const REGION = /^[a-z0-9][a-z0-9-]{0,31}$/;
const PLACE = /^s3:\/\/(?<bucket>[^/]*)(?:\/(?<prefix>.*))?$/s;

/** @throws UserError STORE_REFUSED for a place that no bucket can have */
export function locate({ url, endpoint, region = "us-east-1", pathStyle }: S3Place): Location {
  const { bucket = "", prefix = "" } = PLACE.exec(url)?.groups ?? {};
  if (!BUCKET.test(bucket) || bucket.includes("..")) {
    throw refused(
      `"${shown(url)}" names no bucket.`,
      "Write s3://bucket/prefix; a bucket's name has 3 to 63 of a-z 0-9 . -",
    );
  }
  if (!REGION.test(region)) throw refused(`"${shown(region)}" is no region.`, "Write one such as eu-central-1.");
  const named = endpoint === undefined ? undefined : parseEndpoint(endpoint);
  const server = named ?? new URL(`https://s3.${region}.${amazonDomain(region)}`);
  // A dot in the bucket's name breaks the certificate's wildcard.
  const inPath = pathStyle ?? (named !== undefined || bucket.includes("."));
  const host = inPath ? server.host : `${bucket}.${server.host}`;
  return {
    bucket,
    prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`,
    region,
    origin: `${server.protocol}//${host}`,
    path: inPath ? `/${bucket}/` : "/",
    isNamedByOperator: named !== undefined,
  };
}

export const amazonDomain = (region: string): string =>
  region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";

/** @throws UserError STORE_REFUSED for anything but scheme, host and port; what was written is not repeated, it may hold a secret */
export function parseEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isPlain = url !== undefined && ["http:", "https:"].includes(url.protocol) && url.href === `${url.origin}/`;
  if (isPlain) return url;
  throw refused(
    "The endpoint is not an address of a server.",
    "Write https://, the host and, where needed, the port; no user, path or query.",
  );
}

const shown = (text: string): string => text.replace(/\/\/[^/]*@/, "//***@").slice(0, 100);

function refused(problem: string, hint: string): UserError {
  return new UserError("STORE_REFUSED", problem, hint);
}
