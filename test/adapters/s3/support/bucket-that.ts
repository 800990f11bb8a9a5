import { readdir } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { s3Bucket } from "#adapters/s3/bucket";
import { environmentCredentials } from "#adapters/s3/credentials";
import { realSurroundings } from "#adapters/s3/surroundings";
import { loopback } from "#test/support/loopback";
import { temporaryFolder } from "#test/support/temporary-folder";

export const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
export const SESSION = "session-token-that-no-one-may-see";
export const ACCESS = "AKIAIOSFODNN7EXAMPLE";
export const environment = { AWS_ACCESS_KEY_ID: ACCESS, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: SESSION };

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

export async function bucketThat(handle: Handle, limits = {}) {
  const endpoint = await loopback(handle);
  const waits: number[] = [];
  const surroundings = {
    ...realSurroundings,
    random: () => 0,
    pause: async (milliseconds: number) => void waits.push(milliseconds),
    limits: { ...realSurroundings.limits, ...limits },
  };
  const credentials = environmentCredentials(environment);
  return { waits, endpoint, bucket: s3Bucket({ url: "s3://data/in", endpoint, credentials }, surroundings) };
}

export const says =
  (status: number, code: string, headers = {}): Handle =>
  (_, response) =>
    response
      .writeHead(status, headers)
      .end(`<Error><Code>${code}</Code><Message>${SECRET} ${SESSION} ${ACCESS}</Message></Error>`);

export async function copyIn() {
  const folder = await temporaryFolder();
  return { folder, copy: join(folder, "copy"), left: () => readdir(folder) };
}

export async function keys(list: AsyncIterable<{ readonly key: string }>): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of list) found.push(key);
  return found;
}
