import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { basename, dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import { header } from "./answer.ts";
import { failureOf, type S3Client } from "./client.ts";
import { explainedFile } from "./local-file.ts";
import { digestIn } from "./metadata.ts";
import { retrying, Transient } from "./retry.ts";
import { brokenAnswer } from "./unanswered.ts";

export interface Download {
  /** The whole key. */
  readonly key: string;
  readonly file: string;
  /** What the bytes must be, when the caller knows. */
  readonly digest?: Digest;
}

export interface Downloaded {
  readonly size: number;
  readonly digest: Digest;
}

/**
 * Streams an object into a temporary file beside `file` and renames it once every byte is there and is the right one.
 * @throws UserError OBJECT_MISSING, OBJECT_CORRUPT, STORE_REFUSED, STORE_UNAVAILABLE
 */
export async function download(client: S3Client, wanted: Download): Promise<Downloaded> {
  const { file } = wanted;
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await mkdir(dirname(file), { recursive: true });
    const found = await retrying(client.surroundings, (earlier) => attempt(client, wanted, { temporary, earlier }));
    await rename(temporary, file);
    return found;
  } catch (error) {
    throw explainedFile(file, error);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A store that is slow to tell what it has may say 404 at first; twice more it is asked. */
const MISSING_ATTEMPTS = 3;

interface Try {
  readonly temporary: string;
  readonly earlier: number;
}

async function attempt(client: S3Client, wanted: Download, { temporary, earlier }: Try): Promise<Downloaded> {
  const { key } = wanted;
  const found = await client.call({ method: "GET", key, expected: [404] }, async (answer) => {
    if (answer.statusCode === 404) return await missing(answer);
    return await receive(answer, wanted, temporary);
  });
  if (found !== undefined) return found;
  const error = new UserError(
    "OBJECT_MISSING",
    `There is no object ${JSON.stringify(key)} in the bucket "${client.location.bucket}".`,
    "Check the key, and that the step which stores it ran before.",
  );
  throw earlier + 1 < MISSING_ATTEMPTS ? new Transient(error) : error;
}

/** A missing bucket is no missing object. */
async function missing(answer: IncomingMessage): Promise<undefined> {
  const failure = await failureOf(answer);
  if (failure.code !== "NoSuchKey" && failure.code !== "") throw failure;
}

async function receive(answer: IncomingMessage, { key, digest }: Download, temporary: string): Promise<Downloaded> {
  const announced = announcedLength(answer);
  const [sha256, md5] = [createHash("sha256"), createHash("md5")];
  let size = 0;
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      sha256.update(chunk);
      md5.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(answer, measure, createWriteStream(temporary, { flags: "w", mode: 0o644, flush: true }));
  if (size !== announced) throw new Transient(brokenAnswer("the server", `${size} of ${announced} bytes came`));
  const found: Digest = `sha256:${sha256.digest("hex")}`;
  const asked = digest ?? digestIn(answer);
  if (asked !== undefined && asked !== found) throw corrupt(key, `as ${asked} but its bytes are ${found}`);
  const etag = asked === undefined ? md5In(answer) : undefined;
  if (etag !== undefined && etag !== md5.digest("hex")) throw corrupt(key, "with an ETag that is not its bytes' MD5");
  return { size, digest: found };
}

function announcedLength(answer: IncomingMessage): number {
  const length = header(answer, "content-length");
  if (length !== undefined && /^\d{1,15}$/.test(length)) return Number(length);
  answer.destroy();
  throw new Transient(brokenAnswer("the server", "it does not say how long the object is"));
}

/**
 * The MD5 that an ETag is, for objects that carry no digest of ours: unless there were parts (`…-3`), or the server
 * encrypts with keys of a key service or of the customer
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html).
 */
function md5In(answer: IncomingMessage): string | undefined {
  const encryption = header(answer, "x-amz-server-side-encryption") ?? "AES256";
  if (encryption !== "AES256" || header(answer, "x-amz-server-side-encryption-customer-algorithm")) return undefined;
  return /^"?(?<md5>[0-9a-f]{32})"?$/.exec(header(answer, "etag") ?? "")?.groups?.["md5"];
}

/** Tried again, since bytes are also damaged on the way. */
function corrupt(key: string, how: string): Transient {
  const problem = `The object ${JSON.stringify(key)} is stored ${how}.`;
  return new Transient(
    new UserError("OBJECT_CORRUPT", problem, "Store it again; the damaged object is then replaced."),
  );
}
