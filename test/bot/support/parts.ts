import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import type { Delivery } from "#bot/delivery";
import { type Front, type FrontOptions, frontDefaults, openFront } from "#bot/front";
import { type Journal, openJournal } from "#bot/journal";
import type { BotLog } from "#bot/work";

export interface Told {
  readonly level: keyof BotLog;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A log that keeps what it is told. */
export function keptLog(): BotLog & { readonly told: Told[] } {
  const told: Told[] = [];
  const keep = (level: keyof BotLog) => (facts: Told["facts"], message: string) =>
    void told.push({ level, facts, message });
  return { told, info: keep("info"), warn: keep("warn"), error: keep("error") };
}

export const secret = "a-webhook-secret-of-enough-length-1234567890";
export const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
});

export const clock = (): Date => new Date("2026-09-01T12:00:00Z");

export function delivery(part: Partial<Delivery> & { payload?: Record<string, unknown> } = {}): Delivery {
  const payload = part.payload ?? { zen: "Keep it logically awesome." };
  return { id: randomUUID(), event: "ping", body: JSON.stringify(payload), ...part, payload };
}

export const sign = (body: string | Uint8Array, by = secret): string =>
  `sha256=${createHmac("sha256", by).update(body).digest("hex")}`;

export function headersOf(body: string, part: Record<string, string> = {}): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": "ping",
    "x-hub-signature-256": sign(body),
    ...part,
  };
}

export function post(url: string, body: string, headers = headersOf(body)): Promise<Response> {
  return fetch(`${url}/api/github/webhooks`, { method: "POST", headers, body });
}

export async function withFront(part: Partial<FrontOptions> = {}): Promise<Front & { accepted: Delivery[] }> {
  const accepted: Delivery[] = [];
  const front = await openFront({
    ...frontDefaults,
    host: "127.0.0.1",
    port: 0,
    secrets: [secret],
    accept: (one) => {
      accepted.push(one);
      return "new";
    },
    isReady: () => true,
    log: keptLog(),
    ...part,
  });
  onTestFinished(() => front.close());
  return { ...front, accepted };
}

export function withJournal(path = ":memory:", now = clock): Journal {
  const journal = openJournal(path, now);
  onTestFinished(() => {
    try {
      journal.close();
    } catch {
      // Closed by the test.
    }
  });
  return journal;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
