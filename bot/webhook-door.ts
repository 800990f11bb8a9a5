import type { IncomingMessage } from "node:http";
import type { Delivery } from "./delivery.ts";
import { parsePayload } from "./delivery.ts";
import { type Body, type BodyLimits, bodyReceiver } from "./receive-body.ts";
import { isSignedBy } from "./signature.ts";
import type { BotLog } from "./work.ts";

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WebhookDoor extends BodyLimits {
  /** The one in use and, during a rotation, the one before. */
  readonly secrets: readonly string[];
  /** Keeps the delivery for good, then starts its work. Throws when it cannot be kept. */
  readonly accept: (delivery: Delivery) => "new" | "seen";
  readonly log: BotLog;
}

interface Head {
  readonly id: string;
  readonly event: string;
  readonly signature: string;
}

/**
 * Answers a POST to the webhook path: 202 once the delivery is kept, before any work. 413 for too much, 415 for
 * anything but JSON, 400 for a head or body that is not a delivery, 401 for a signature that does not match,
 * 503 when the delivery cannot be kept, so that GitHub's log shows it as failed and the backfill asks for it again.
 * Answers undefined when nobody listens any more.
 */
export function answerTo(door: WebhookDoor): (request: IncomingMessage) => Promise<Answer | undefined> {
  const receiveBody = bodyReceiver(door);
  return async (request) => {
    const head = readHead(request);
    if ("status" in head) return head;
    const body = await receiveBody(request);
    return body.kind === "complete" ? admit(door, head, body.bytes) : turnAway(body);
  };
}

function turnAway(body: Exclude<Body, { kind: "complete" }>): Answer | undefined {
  if (body.kind === "too-large") return { status: 413, text: "Too large" };
  return body.kind === "busy" ? later("Busy") : undefined;
}

function readHead({ headers }: IncomingMessage): Head | Answer {
  const one = (name: string): string => {
    const value = headers[name];
    return typeof value === "string" ? value : "";
  };
  if (!/^application\/json\s*(?:;|$)/i.test(one("content-type"))) {
    return { status: 415, text: "The content type must be application/json" };
  }
  const head = {
    id: one("x-github-delivery"),
    event: one("x-github-event"),
    signature: one("x-hub-signature-256"),
  };
  if (!/^[\w-]{1,100}$/.test(head.id)) return { status: 400, text: "X-GitHub-Delivery is missing or malformed" };
  if (!/^[a-z_]{1,100}$/.test(head.event)) return { status: 400, text: "X-GitHub-Event is missing or malformed" };
  // SHA-1 alone (X-Hub-Signature) proves nothing any more.
  if (head.signature === "") return { status: 400, text: "X-Hub-Signature-256 is missing" };
  return head;
}

function admit(door: WebhookDoor, head: Head, bytes: Uint8Array): Answer {
  const { id, event, signature } = head;
  if (!isSignedBy(door.secrets, bytes, signature)) return { status: 401, text: "The signature does not match" };
  const body = decode(bytes);
  const payload = body === undefined ? undefined : parsePayload(body);
  if (body === undefined || payload === undefined) return { status: 400, text: "The body is not a JSON object" };
  try {
    const kept = door.accept({ id, event, body, payload });
    return { status: 202, text: kept === "new" ? "accepted" : "seen" };
  } catch (error) {
    door.log.error({ delivery: id, event, error }, "The journal refused a delivery");
    return later("The delivery could not be kept");
  }
}

const later = (text: string): Answer => ({ status: 503, text, headers: { "retry-after": "60" } });

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
