import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ContractGate } from "../contract-gate.ts";
import type { Faults } from "../faults.ts";
import type { App } from "../model/app.ts";
import type { Delivery } from "../model/delivery.ts";
import type { SandboxState } from "../state.ts";

export interface Parcel {
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

interface Addressed extends Parcel {
  readonly guid: string;
  readonly redelivery: boolean;
}

/** GitHub gives up on a receiver after ten seconds. */
const TIMEOUT_MILLISECONDS = 10_000;

/** Posts signed payloads to the webhooks of apps and keeps the log GitHub keeps. */
export class Deliverer {
  readonly #state: SandboxState;
  readonly #faults: Faults;
  readonly #gate: ContractGate | undefined;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #heldBack = new Map<number, Addressed[]>();
  readonly #closing = new AbortController();
  #broken: unknown;

  constructor(state: SandboxState, parts: { faults: Faults; gate: ContractGate | undefined }) {
    this.#state = state;
    this.#faults = parts.faults;
    this.#gate = parts.gate;
  }

  send(app: App, parcel: Parcel): void {
    const addressed = { ...parcel, guid: randomUUID(), redelivery: false };
    const fault = this.#faults.forDelivery(parcel.event, parcel.action);
    if (fault?.kind === "drop") return;
    if (fault?.kind === "reorder") {
      this.#heldBack.set(app.id, [...(this.#heldBack.get(app.id) ?? []), addressed]);
      return;
    }
    const copies = fault?.kind === "duplicate" ? (fault.copies ?? 2) : 1;
    const delay = fault?.kind === "delay" ? fault.milliseconds : 0;
    for (let copy = 0; copy < copies; copy += 1) void this.#track(this.#post(app, addressed, delay));
    for (const late of this.#heldBack.get(app.id) ?? []) void this.#track(this.#post(app, late, 0));
    this.#heldBack.delete(app.id);
  }

  /** Sends a logged delivery again under the same GUID, as a new entry of the log. */
  redeliver(delivery: Delivery): Promise<void> {
    const app = this.#state.apps.get(delivery.appId);
    if (!app) throw new Error(`Delivery ${delivery.id} belongs to no app.`);
    const { payload } = delivery.request;
    return this.#track(this.#post(app, { ...delivery, payload, redelivery: true }, 0));
  }

  /** Throws what the contract gate threw about a delivery: nobody else is there to hear it. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
    const broken = this.#broken;
    this.#broken = undefined;
    if (broken !== undefined) throw broken;
  }

  close(): void {
    this.#closing.abort();
  }

  #track(posting: Promise<void>): Promise<void> {
    const settled = posting
      .catch((error: unknown) => {
        this.#broken ??= error;
      })
      .finally(() => this.#inFlight.delete(settled));
    this.#inFlight.add(settled);
    return settled;
  }

  async #post(app: App, parcel: Addressed, delayMilliseconds: number): Promise<void> {
    const { signal } = this.#closing;
    // At least one turn of the loop: the request that caused the event is answered first.
    await sleep(delayMilliseconds, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const body = JSON.stringify(parcel.payload);
    const headers = deliveryHeaders(app, parcel, body);
    this.#gate?.checkDelivery({ event: parcel.event, headers, payload: parcel.payload });
    const startedAt = Date.now();
    const outcome = await post(app.webhook.url, { headers, body }, signal);
    this.#log(app, parcel, { headers, startedAt, outcome });
  }

  #log(
    app: App,
    parcel: Addressed,
    sent: { headers: Record<string, string>; startedAt: number; outcome: Outcome },
  ): void {
    const { headers, startedAt, outcome } = sent;
    const id = this.#state.nextId();
    const { payload, ...described } = parcel;
    this.#state.deliveries.set(id, {
      ...described,
      id,
      appId: app.id,
      request: { headers, payload },
      deliveredAt: new Date(startedAt).toISOString(),
      durationSeconds: (Date.now() - startedAt) / 1000,
      status: outcome.status,
      statusCode: outcome.statusCode,
      response: outcome.response,
    });
  }
}

function deliveryHeaders(app: App, parcel: Addressed, body: string): Record<string, string> {
  const { secret } = app.webhook;
  const hmac = (algorithm: string) => createHmac(algorithm, secret).update(body).digest("hex");
  return {
    Accept: "*/*",
    "Content-Type": "application/json",
    "User-Agent": "GitHub-Hookshot/5a4db0c",
    "X-GitHub-Delivery": parcel.guid,
    "X-GitHub-Event": parcel.event,
    "X-GitHub-Hook-ID": String(app.hookId),
    "X-GitHub-Hook-Installation-Target-ID": String(app.id),
    "X-GitHub-Hook-Installation-Target-Type": "integration",
    ...(secret !== "" && {
      "X-Hub-Signature": `sha1=${hmac("sha1")}`,
      "X-Hub-Signature-256": `sha256=${hmac("sha256")}`,
    }),
  };
}

type Outcome = Pick<Delivery, "status" | "statusCode" | "response">;

async function post(
  url: string,
  message: { headers: Record<string, string>; body: string },
  closing: AbortSignal,
): Promise<Outcome> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]);
  try {
    const response = await fetch(url, { method: "POST", ...message, signal, redirect: "manual" });
    const payload = await response.text();
    const status = response.ok ? "OK" : response.statusText || `Invalid HTTP Response: ${response.status}`;
    return {
      status,
      statusCode: response.status,
      response: { headers: Object.fromEntries(response.headers), payload },
    };
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === "TimeoutError";
    const status = timedOut ? "timed out" : "failed to connect to host";
    return { status, statusCode: timedOut ? 504 : 502, response: { headers: {}, payload: "" } };
  }
}
