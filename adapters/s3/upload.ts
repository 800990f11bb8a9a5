import { randomUUID } from "node:crypto";
import { readText } from "./answer.ts";
import { failureOf, type S3Client } from "./client.ts";
import { explainedFile, type MeasuredFile, measureParts } from "./local-file.ts";
import { headObject, labelHeaders } from "./metadata.ts";
import { uploadParts } from "./multipart.ts";
import { partSizeFor } from "./part-size.ts";
import type { Body } from "./transport.ts";
import type { Outcome, Upload } from "./upload-order.ts";

/** Reads a file for its digests; what `upload` then sends must be the same bytes. @throws UserError FILE_MISSING, FILE_REFUSED */
export async function measureUpload(path: string): Promise<MeasuredFile> {
  try {
    return await measureParts(path, await partSizeFor(path));
  } catch (error) {
    throw explainedFile(path, error);
  }
}

/** Puts a measured file under a key, in parts when it has more than one. */
export async function upload(client: S3Client, wanted: Omit<Upload, "id">): Promise<Outcome> {
  const whole: Upload = { ...wanted, id: randomUUID() };
  const [only, second] = whole.file.parts;
  if (only !== undefined && second === undefined) return await putObject(client, whole, only);
  // Spares the upload; the server is asked again at its end.
  if (whole.mode === "once" && (await headObject(client, whole.key)) !== undefined) return "exists";
  return await uploadParts(client, whole);
}

async function putObject(client: S3Client, wanted: Upload, body: Body): Promise<Outcome> {
  const { key, mode, file, id } = wanted;
  const condition = mode === "once" ? { "if-none-match": "*" } : {};
  const headers = { ...labelHeaders({ digest: file.digest, upload: id }), ...condition };
  const expected = mode === "once" ? [412] : [];
  const isStored = await client.call({ method: "PUT", key, headers, body, expected }, async (answer) => {
    if (answer.statusCode !== 412) await readText(answer);
    else await failureOf(answer);
    return answer.statusCode !== 412;
  });
  if (isStored) return "stored";
  // After an attempt whose answer was lost, the object that is in the way may be our own.
  const head = await headObject(client, key);
  return head?.upload === id ? "stored" : "exists";
}
