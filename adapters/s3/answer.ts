import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** More than any page of a listing has, see xml.ts. */
const MAX_BYTES = 24 * 1024 * 1024;

/** The whole body as text. Fails when it ends early, is too long or is no UTF-8. */
export async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  if (!isUtf8(whole)) throw new Error("the answer is no UTF-8");
  return whole.toString("utf8");
}

export function header(answer: IncomingMessage, name: string): string | undefined {
  const value = answer.headers[name];
  return typeof value === "string" ? value : undefined;
}
