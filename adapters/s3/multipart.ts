import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { header, readText } from "./answer.ts";
import { discard, failureOf, readDocument, type S3Client } from "./client.ts";
import { headObject, labelHeaders } from "./metadata.ts";
import type { S3Failure } from "./problems.ts";
import { Transient } from "./retry.ts";
import type { Body } from "./transport.ts";
import { brokenAnswer } from "./unanswered.ts";
import type { Outcome, Upload } from "./upload-order.ts";
import { childText } from "./xml.ts";

/** Parts on their way at one time. */
const LANES = 4;

interface Multipart extends Upload {
  readonly uploadId: string;
}

/**
 * Create, parts, complete; on any error the upload is aborted, so that no invisible parts stay and are charged for.
 * `once` is checked by the server at the end (If-None-Match on CompleteMultipartUpload); servers that do not know that,
 * such as Ceph 16, are asked by HEAD just before, which leaves a moment in which two writers may both believe they won.
 */
export async function uploadParts(client: S3Client, wanted: Upload): Promise<Outcome> {
  const multipart: Multipart = { ...wanted, uploadId: await create(client, wanted) };
  try {
    const etags = await sendParts(client, multipart);
    if (wanted.mode === "once" && (await headObject(client, wanted.key)) !== undefined) {
      await abort(client, multipart);
      return "exists";
    }
    const outcome = await complete(client, multipart, etags);
    if (outcome === "exists") await abort(client, multipart);
    return outcome;
  } catch (error) {
    // The first error is the one to tell; a server that fails may well fail at this too.
    await abort(client, multipart).catch(() => undefined);
    throw error;
  }
}

function create(client: S3Client, { key, file, id }: Upload): Promise<string> {
  const headers = labelHeaders({ digest: file.digest, upload: id });
  return client.call({ method: "POST", key, query: { uploads: "" }, headers }, async (answer) => {
    const uploadId = childText(await readDocument(answer, "InitiateMultipartUploadResult"), "UploadId");
    if (uploadId) return uploadId;
    throw new Transient(brokenAnswer("the server", "no UploadId in it"));
  });
}

/** All parts, four at a time. After an error no further part begins, and those on their way are waited for. */
async function sendParts(client: S3Client, multipart: Multipart): Promise<readonly string[]> {
  const { parts } = multipart.file;
  const etags: string[] = [];
  const todo = parts.entries();
  let hasFailed = false;
  const lane = async () => {
    for (const [index, body] of todo) {
      if (hasFailed) return;
      etags[index] = await sendPart(client, multipart, { number: index + 1, body });
    }
  };
  const watched = () =>
    lane().catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  const ends = await Promise.allSettled(Array.from({ length: LANES }, watched));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return etags;
}

interface Part {
  readonly number: number;
  readonly body: Body;
}

function sendPart(client: S3Client, { key, uploadId }: Multipart, { number, body }: Part): Promise<string> {
  const query = { partNumber: String(number), uploadId };
  return client.call({ method: "PUT", key, query, body }, async (answer) => {
    await readText(answer);
    const etag = header(answer, "etag");
    if (etag !== undefined && /^"?[\w+/=-]{1,128}"?$/.test(etag)) return etag;
    throw new Transient(brokenAnswer("the server", `no ETag for part ${number}`));
  });
}

async function complete(client: S3Client, multipart: Multipart, etags: readonly string[]): Promise<Outcome> {
  const { key, uploadId, mode } = multipart;
  const request = {
    method: "POST",
    key,
    query: { uploadId },
    headers: { "content-type": "application/xml", ...(mode === "once" ? { "if-none-match": "*" } : {}) },
    body: partList(etags),
    expected: [404, 412],
  } as const;
  const said = await client.call(request, async (answer) => {
    if (answer.statusCode === 404) return await alreadyEnded(await failureOf(answer));
    if (answer.statusCode === 412) return await failureOf(answer).then(() => "look" as const);
    await readDocument(answer, "CompleteMultipartUploadResult");
    return "done" as const;
  });
  const head = await headObject(client, key);
  const isOurs = head?.upload === multipart.id && head.size === multipart.file.size;
  if (isOurs) return "stored";
  if (said === "look" && head !== undefined) return "exists";
  // Someone else replaced it right after: ours was stored, if only for a moment.
  if (said === "done" && head !== undefined && head.upload !== multipart.id) return "stored";
  throw brokenAnswer("the server", `it joined the parts of ${JSON.stringify(key)} into something else`);
}

/** An upload that is not there any more was completed by an attempt whose answer was lost, or by no one. */
async function alreadyEnded(failure: S3Failure): Promise<"look"> {
  if (failure.code === "NoSuchUpload") return "look";
  throw failure;
}

function partList(etags: readonly string[]): Body {
  const parts = etags.map(
    (etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag.replaceAll('"', "&quot;")}</ETag></Part>`,
  );
  const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
  const bytes = Buffer.from(
    `<CompleteMultipartUpload xmlns="${namespace}">${parts.join("")}</CompleteMultipartUpload>`,
  );
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { size: bytes.length, sha256, open: () => Readable.from([bytes]) };
}

function abort(client: S3Client, { key, uploadId }: Multipart): Promise<void> {
  return client.call({ method: "DELETE", key, query: { uploadId }, expected: [404] }, discard);
}
