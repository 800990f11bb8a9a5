import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Digest } from "#core/digest";
import { UserError } from "#core/errors";
import type { Body } from "./transport.ts";

export interface MeasuredFile {
  readonly size: number;
  readonly digest: Digest;
  /** At least one, which may be empty. */
  readonly parts: readonly Body[];
}

const CHUNK = 1024 * 1024;

/**
 * Reads a file once for its digest and those of its parts. A part's bytes are read again when they are sent: should the
 * file change in between, they no longer have the digest that was signed. @throws UserError FILE_MISSING, FILE_REFUSED
 */
export async function measureParts(file: string, partSize: number): Promise<MeasuredFile> {
  const whole = createHash("sha256");
  const parts: Body[] = [];
  let size = 0;
  for (;;) {
    const hash = createHash("sha256");
    const start = size;
    for await (const chunk of rangeOf(file, start, partSize)) {
      hash.update(chunk);
      whole.update(chunk);
      size += chunk.length;
    }
    if (size === start && parts.length > 0) break;
    parts.push(partOf(file, { start, size: size - start, sha256: hash.digest("hex") }));
    if (size - start < partSize) break;
  }
  return { size, digest: `sha256:${whole.digest("hex")}`, parts };
}

interface Range {
  readonly start: number;
  readonly size: number;
}

function partOf(file: string, { start, size, sha256 }: Range & { readonly sha256: string }): Body {
  return { size, sha256, open: () => Readable.from(size === 0 ? [] : exactly(file, { start, size })) };
}

/** A file that has become shorter would leave the server waiting for the rest. */
async function* exactly(file: string, { start, size }: Range): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of rangeOf(file, start, size)) {
    sent += chunk.length;
    yield chunk;
  }
  if (sent === size) return;
  const hint = "Run the step that writes it again, and let nothing write to it meanwhile.";
  throw new UserError("FILE_CHANGED", `The file "${file}" became shorter while it was sent.`, hint);
}

function rangeOf(file: string, start: number, size: number): AsyncIterable<Uint8Array> {
  return createReadStream(file, { start, end: start + size - 1, highWaterMark: CHUNK });
}

const HINTS: Readonly<Record<string, readonly [code: string, problem: string, hint: string]>> = {
  ENOENT: ["FILE_MISSING", "does not exist", "Check the path, and that the step which writes it ran before."],
  ENOTDIR: ["FILE_MISSING", "does not exist", "Check the path, and that the step which writes it ran before."],
  EISDIR: ["FILE_REFUSED", "is a folder", "Name a file."],
  EACCES: ["FILE_REFUSED", "may not be accessed", "Give this user the right to read and write it."],
  EPERM: ["FILE_REFUSED", "may not be accessed", "Give this user the right to read and write it."],
  EROFS: ["FILE_REFUSED", "lies on a read-only disk", "Choose a folder that can be written."],
  ENOSPC: ["DISK_FULL", "could not be written: the disk is full", "Free some space and run again."],
};

/** Says of an error of the file system what happened to which path. */
export function explainedFile(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError || !("code" in error)) return error;
  const known = HINTS[String(error.code)];
  if (known === undefined) return error;
  const [code, problem, hint] = known;
  return new UserError(code, `The file "${path}" ${problem}.`, hint, { cause: error });
}
