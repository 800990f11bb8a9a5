import { UserError } from "#core/errors";

/** A refusal as the server worded it. Its message is left out: it may quote what was signed, or the keys. */
export class S3Failure extends Error {
  readonly status: number;
  /** Such as NoSuchKey; empty where the answer has no body. */
  readonly code: string;
  /** Where the bucket really is, as x-amz-bucket-region says. */
  readonly region: string | undefined;

  constructor(failure: Pick<S3Failure, "status" | "code" | "region">) {
    super(failure.code === "" ? `status ${failure.status}` : `${failure.code} (status ${failure.status})`);
    this.status = failure.status;
    this.code = failure.code;
    this.region = failure.region;
  }
}

export interface Attempt {
  readonly method: string;
  readonly host: string;
  readonly bucket: string;
  /** Absent when the request is about the bucket. */
  readonly key: string | undefined;
  readonly source: "environment" | "web identity";
}

const BUSY: ReadonlySet<string> = new Set([
  "SlowDown",
  "InternalError",
  "ServiceUnavailable",
  "RequestTimeout",
  "OperationAborted",
  "ConditionalRequestConflict",
  "ThrottlingException",
  "TooManyRequests",
]);

/** Whether the same request may well pass in a moment. */
export function isBusy({ status, code }: S3Failure): boolean {
  return (status >= 500 && status !== 501 && status !== 507) || status === 429 || BUSY.has(code);
}

type Sentences = (failure: S3Failure, attempt: Attempt) => readonly [problem: string, hint: string];

const keysAre = (what: string, hint: string): Sentences => {
  return (_, { host, source }) => {
    const whose = source === "environment" ? "" : " (keys of the role in AWS_ROLE_ARN)";
    return [`The server ${host} ${what}${whose}.`, hint];
  };
};

const OTHER_SESSION = keysAre(
  "takes the session token for wrong or expired",
  "Set AWS_SESSION_TOKEN together with its AWS_ACCESS_KEY_ID, or unset it for keys that last.",
);

const KNOWN: Readonly<Record<string, Sentences>> = {
  SignatureDoesNotMatch: keysAre(
    "does not accept the signature",
    "Check that AWS_SECRET_ACCESS_KEY belongs to AWS_ACCESS_KEY_ID.",
  ),
  InvalidAccessKeyId: keysAre("knows no such access key", "Check AWS_ACCESS_KEY_ID, and that the endpoint is its own."),
  InvalidToken: OTHER_SESSION,
  ExpiredToken: OTHER_SESSION,
  TokenRefreshRequired: OTHER_SESSION,
  RequestTimeTooSkewed: keysAre("has another time than this machine", "Set this machine's clock."),
  AuthorizationHeaderMalformed: (failure) => elsewhere(failure),
  AccessDenied: (_, attempt) => denied(attempt),
  NoSuchBucket: (_, { bucket, host }) => [
    `There is no bucket "${bucket}" on ${host}.`,
    "Check its name and the endpoint, or create it.",
  ],
  XAmzContentSHA256Mismatch: changed,
  BadDigest: changed,
  InvalidPart: changed,
};

/** One sentence and a way out; the code says whether waiting can help. */
export function explained(failure: S3Failure, attempt: Attempt): UserError {
  if (isBusy(failure)) {
    const problem = `The server ${attempt.host} could not do ${asked(attempt)} now: ${failure.message}.`;
    return new UserError("STORE_UNAVAILABLE", problem, "Try again later.", { cause: failure });
  }
  const [problem, hint] = sentencesFor(failure)(failure, attempt);
  return new UserError("STORE_REFUSED", problem, hint, { cause: failure });
}

function sentencesFor({ status, code }: S3Failure): Sentences {
  const known = Object.hasOwn(KNOWN, code) ? KNOWN[code] : undefined;
  if (known !== undefined) return known;
  if (status >= 300 && status < 400) return elsewhere;
  if (status === 401 || status === 403) return (_, attempt) => denied(attempt);
  return (failure, attempt) => [
    `The server ${attempt.host} refused ${asked(attempt)}: ${failure.message}.`,
    "Check what it names, and that the server speaks the S3 protocol.",
  ];
}

const PERMISSIONS: Readonly<Record<string, string>> = {
  GET: "s3:GetObject",
  HEAD: "s3:GetObject and s3:ListBucket",
  PUT: "s3:PutObject",
  POST: "s3:PutObject",
  DELETE: "s3:AbortMultipartUpload",
};

function denied(attempt: Attempt): readonly [string, string] {
  const { bucket, key, method, source } = attempt;
  const permission = key === undefined ? "s3:ListBucket" : (PERMISSIONS[method] ?? "s3:*");
  // The answer to HEAD has no body that could tell a wrong secret from a missing right.
  const doubt = method === "HEAD" ? ", and check AWS_SECRET_ACCESS_KEY" : "";
  const whose = source === "environment" ? "the user of AWS_ACCESS_KEY_ID" : "the role in AWS_ROLE_ARN";
  return [
    `The server ${attempt.host} does not allow ${asked(attempt)}.`,
    `Grant ${whose} the permission ${permission} on the bucket "${bucket}"${doubt}.`,
  ];
}

/** A redirect is not followed: it would take signed requests to a server that no one named. */
function elsewhere({ message, region }: S3Failure): readonly [string, string] {
  const is = region === undefined ? "in another region or on another server" : `in the region ${region}`;
  return [`The bucket is ${is}: ${message}.`, "Set the region (AWS_REGION), or the endpoint, to the bucket's own."];
}

function changed(failure: S3Failure, attempt: Attempt): readonly [string, string] {
  return [
    `The bytes that reached ${attempt.host} for ${asked(attempt)} are not those of the file: ${failure.code}.`,
    "Something changed them on the way, or changed the file; run again.",
  ];
}

const asked = ({ method, bucket, key }: Attempt): string =>
  key === undefined ? `${method} on the bucket "${bucket}"` : `${method} of ${JSON.stringify(key)} in "${bucket}"`;
