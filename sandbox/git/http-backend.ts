import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GIT_ENVIRONMENT, gitText } from "./git.ts";
import type { GitStore } from "./store.ts";

export interface CgiRequest {
  readonly method: string;
  /** Below the repository, such as `/info/refs`. */
  readonly path: string;
  readonly query: string;
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly protocol: string;
  readonly user: string | undefined;
  readonly body: ReadableStream | null;
}

export interface CgiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadableStream;
  /** Settles once git has done everything, hooks and ref updates included. */
  readonly done: Promise<void>;
}

let program: Promise<string> | undefined;

/** Git's own CGI program knows the smart protocol; we only carry its bytes. */
export async function httpBackend(store: GitStore, request: CgiRequest): Promise<CgiResponse> {
  program ??= gitText(store.directory, ["--exec-path"]).then((path) => join(path, "git-http-backend"));
  const child = spawn(await program, [], { cwd: store.directory, env: cgiEnvironment(store, request) });
  child.stderr.resume();
  const input = request.body ? Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]) : undefined;
  if (input) void pipeline(input, child.stdin).catch(() => undefined);
  else child.stdin.end();
  const done = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const { head, rest } = await readHead(child.stdout);
  const headers = parseHead(head);
  const status = Number.parseInt(headers.get("status") ?? "200", 10);
  headers.delete("status");
  return { status, headers, body: Readable.toWeb(rest) as ReadableStream, done };
}

function cgiEnvironment(store: GitStore, request: CgiRequest): NodeJS.ProcessEnv {
  return {
    ...GIT_ENVIRONMENT,
    GIT_PROJECT_ROOT: store.directory,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: request.path,
    QUERY_STRING: request.query,
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: request.contentType,
    HTTP_CONTENT_ENCODING: request.contentEncoding,
    GIT_PROTOCOL: request.protocol,
    ...(request.user !== undefined && { REMOTE_USER: request.user, REMOTE_ADDR: "127.0.0.1" }),
  };
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");

async function readHead(output: Readable): Promise<{ head: string; rest: Readable }> {
  let buffer = Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = output.read();
    if (chunk) {
      buffer = Buffer.concat([buffer, chunk]);
      const end = buffer.indexOf(END_OF_HEAD);
      if (end < 0) continue;
      output.unshift(buffer.subarray(end + END_OF_HEAD.length));
      return { head: buffer.subarray(0, end).toString(), rest: output };
    }
    if (output.readableEnded || output.destroyed) return { head: "Status: 500", rest: Readable.from([]) };
    await new Promise<void>((resolve) => {
      const go = () => {
        output.off("readable", go).off("end", go).off("close", go);
        resolve();
      };
      output.on("readable", go).on("end", go).on("close", go);
    });
  }
}

function parseHead(head: string): Headers {
  const headers = new Headers();
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return headers;
}
