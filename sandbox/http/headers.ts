import { createHash, randomBytes } from "node:crypto";
import type { Answer } from "./answer.ts";

const LIMIT_PER_HOUR = 5000;

export function contentOf(answer: Answer): string | Buffer | ReadableStream | null {
  if (answer.raw) return answer.raw.content;
  return answer.body === undefined ? null : JSON.stringify(answer.body);
}

export function contentTypeOf(answer: Answer): string {
  if (answer.raw) return answer.raw.contentType;
  return answer.body === undefined ? "" : "application/json; charset=utf-8";
}

/** What GitHub's front end adds to every answer. */
export function commonHeaders(request: Headers, used: number): Record<string, string> {
  const reset = Math.ceil(Date.now() / 3_600_000) * 3600;
  return {
    "x-github-request-id": randomBytes(10)
      .toString("hex")
      .toUpperCase()
      .replace(/(.{4})(?=.)/g, "$1:"),
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": request.get("x-github-api-version") ?? "2022-11-28",
    "x-ratelimit-limit": String(LIMIT_PER_HOUR),
    "x-ratelimit-remaining": String(Math.max(0, LIMIT_PER_HOUR - used)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": "core",
  };
}

export function etagOf(content: string | Buffer): string {
  return `W/"${createHash("sha256").update(content).digest("hex")}"`;
}
