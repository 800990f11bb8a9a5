import type { IncomingMessage } from "node:http";

export type Body =
  | { readonly kind: "complete"; readonly bytes: Uint8Array }
  | { readonly kind: "too-large" }
  /** Others are sending so much right now that this one must come later. */
  | { readonly kind: "busy" }
  /** The sender went away or was cut off. */
  | { readonly kind: "aborted" };

export interface BodyLimits {
  readonly maxBytes: number;
  /** Of all bodies being received together, so that many senders cannot fill the memory. */
  readonly maxBytesTogether: number;
}

/** Reads bodies under limits: by Content-Length before the first byte, by count afterwards. */
export function bodyReceiver(limits: BodyLimits): (request: IncomingMessage) => Promise<Body> {
  const hall = { bytes: 0 };
  return async (request) => {
    if (Number(request.headers["content-length"] ?? 0) > limits.maxBytes) return { kind: "too-large" };
    const own = { bytes: 0 };
    const count = (bytes: number): Body["kind"] => {
      own.bytes += bytes;
      hall.bytes += bytes;
      if (own.bytes > limits.maxBytes) return "too-large";
      return hall.bytes > limits.maxBytesTogether ? "busy" : "complete";
    };
    try {
      return await read(request, count);
    } catch {
      return { kind: "aborted" };
    } finally {
      hall.bytes -= own.bytes;
    }
  };
}

async function read(request: IncomingMessage, count: (bytes: number) => Body["kind"]): Promise<Body> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const kind = count(chunk.length);
    if (kind !== "complete") return { kind };
    chunks.push(chunk);
  }
  return { kind: "complete", bytes: Buffer.concat(chunks) };
}
