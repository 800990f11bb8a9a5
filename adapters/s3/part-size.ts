import { stat } from "node:fs/promises";
import { UserError } from "#core/errors";

const MEGABYTE = 1024 * 1024;

/** Up to here a file is sent in one request. */
export const ONE_REQUEST_BYTES = 64 * MEGABYTE;

const SMALLEST_PART = 16 * MEGABYTE;

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const MAX_PARTS = 10_000;
const MAX_OBJECT_BYTES = 5 * 1024 ** 4;

/** How a file is cut: not at all up to 64 MiB, then into parts of 16 MiB or, above 156 GiB, as large as 10,000 allow. */
export async function partSizeFor(path: string): Promise<number> {
  const { size } = await stat(path);
  if (size <= ONE_REQUEST_BYTES) return ONE_REQUEST_BYTES + 1;
  if (size > MAX_OBJECT_BYTES) {
    const problem = `The file "${path}" has ${size} bytes; an S3 object takes at most ${MAX_OBJECT_BYTES}.`;
    throw new UserError("STORE_REFUSED", problem, "Store it as several files.");
  }
  return Math.max(SMALLEST_PART, Math.ceil(size / MAX_PARTS / MEGABYTE) * MEGABYTE);
}
