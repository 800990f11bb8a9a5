/** A webhook whose signature was checked. */
export interface Delivery {
  /** X-GitHub-Delivery; the same for every redelivery. */
  readonly id: string;
  /** X-GitHub-Event, without the action. */
  readonly event: string;
  readonly body: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The payload of a body; undefined when it is not a JSON object. */
export function parsePayload(body: string): Delivery["payload"] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
