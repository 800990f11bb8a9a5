import type { Probot } from "probot";
import type { Delivery } from "./delivery.ts";

type Event = Parameters<Probot["receive"]>[0];

/** Hands a delivery to the handlers of the Probot application; rejects when one of them throws. */
export function receiver(
  probot: Pick<Probot, "receive">,
): (delivery: Pick<Delivery, "id" | "event" | "payload">) => Promise<void> {
  // Probot types every event GitHub documents; what arrives may be any other, and each handler checks it.
  return ({ id, event: name, payload }) => probot.receive({ id, name, payload } as unknown as Event);
}
