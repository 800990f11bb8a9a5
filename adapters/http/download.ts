import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { basename, dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "#core/errors";
import type { CopiedFile } from "#core/ports/file-source";
import { ask } from "./ask.ts";
import { refusal, Transient, unanswered } from "./problems.ts";
import type { Patience, Web } from "./web-options.ts";

export interface Download {
  readonly url: URL;
  readonly file: string;
  readonly maxBytes: number;
}

const FIRST_PAUSE = 500;

/**
 * Streams a file into a temporary one beside `file` and renames it once every byte is there.
 * @throws UserError SOURCE_REFUSED, SOURCE_MISSING, SOURCE_UNAVAILABLE, TOO_LARGE
 */
export async function download(web: Web, wanted: Download): Promise<CopiedFile> {
  const { file } = wanted;
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString("hex")}.tmp`);
  const place = { temporary, signal: AbortSignal.timeout(web.maxSeconds * 1_000) };
  try {
    await mkdir(dirname(file), { recursive: true });
    const copied = await patiently(web.patience, () => once(web, wanted, place));
    await rename(temporary, file);
    return copied;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function patiently<Result>({ attempts, pause }: Patience, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (attempt >= attempts) throw error.failure;
      await pause(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}

async function once(web: Web, wanted: Download, place: Place): Promise<CopiedFile> {
  try {
    return await receive(await ask(web, wanted.url, place.signal), wanted, place);
  } catch (error) {
    throw unanswered(wanted.url.host, error, place.signal.aborted ? web.maxSeconds : undefined);
  }
}

interface Place {
  readonly temporary: string;
  readonly signal: AbortSignal;
}

async function receive(answer: IncomingMessage, { url, maxBytes }: Download, place: Place): Promise<CopiedFile> {
  const announced = Number(answer.headers["content-length"] ?? "0");
  if (answer.statusCode !== 200 || announced > maxBytes) {
    answer.destroy();
    throw answer.statusCode === 200 ? tooLarge(url, maxBytes) : refusal(url.host, answer.statusCode ?? 0);
  }
  const hash = createHash("sha256");
  let size = 0;
  const measure = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) return done(tooLarge(url, maxBytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const target = createWriteStream(place.temporary, { flags: "w", mode: 0o644, flush: true });
  await pipeline(answer, measure, target, { signal: place.signal });
  // A body that ends early fails the pipeline; this holds should that ever change.
  if (answer.headers["content-length"] !== undefined && size !== announced) throw new Error("the body was cut");
  return { size, digest: `sha256:${hash.digest("hex")}` };
}

function tooLarge(url: URL, maxBytes: number): UserError {
  return new UserError(
    "TOO_LARGE",
    `The answer of ${url.host} is longer than the ${maxBytes} bytes that may still be read.`,
    "Check that this is the right file, or raise limit-bytes.",
  );
}
