import { createWriteStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "#core/errors";
import type { Answer, Client, Parameters } from "./client.ts";

/** Large files take their time; one that takes longer than this hangs. */
const DOWNLOAD_SECONDS = 900;

export interface Download {
  readonly route: string;
  readonly parameters: Parameters;
  readonly maxBytes: number;
}

/**
 * Streams what GitHub serves by a redirect into a new file. The second request goes to another company's host, so it
 * carries no token, and what it answers is counted while it comes.
 */
export async function downloadTo(client: Client, download: Download, file: string): Promise<void> {
  const { route, parameters, maxBytes } = download;
  const request = { redirect: "manual", parseSuccessResponseBody: false };
  const answer = await client.raw(route, { ...parameters, request }, DOWNLOAD_SECONDS);
  const body = answer.status >= 300 ? await follow(client, answer, route) : (answer.data as ReadableStream<Uint8Array>);
  try {
    await pipeline(Readable.fromWeb(body as never), counted(maxBytes, route), createWriteStream(file, { flags: "wx" }));
  } catch (error) {
    throw error instanceof UserError ? error : broken(route, error);
  }
}

async function follow(client: Client, { headers }: Answer, route: string): Promise<ReadableStream<Uint8Array>> {
  const location = new URL(String(headers["location"]));
  if (location.protocol !== "https:" && location.hostname !== "127.0.0.1") {
    throw broken(route, new Error(`a redirect to ${location.protocol}//${location.hostname}`));
  }
  const response = await client
    .fetch(DOWNLOAD_SECONDS)(location)
    .catch((error: unknown) => {
      throw broken(route, error);
    });
  if (!response.ok || response.body === null) throw broken(route, new Error(`status ${response.status}`));
  return response.body;
}

function counted(maxBytes: number, route: string): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= maxBytes) return done(null, chunk);
      done(new UserError("GITHUB_REFUSED", `${route} sends more than ${maxBytes} bytes.`, "Check what was uploaded."));
    },
  });
}

function broken(route: string, cause: unknown): UserError {
  const why = cause instanceof Error ? cause.message : "the connection broke";
  return new UserError("GITHUB_UNAVAILABLE", `The download of ${route} failed: ${why}.`, "Try again later.", { cause });
}
