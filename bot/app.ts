import type { Probot } from "probot";
import { z } from "zod";
import type { EventHandler } from "./events/handler.ts";
import { handlers } from "./events/handlers.ts";
import type { BotLog } from "./work.ts";
import type { WorkItem } from "./work-item.ts";

/** Adds work for the delivery of this id and returns at once. */
export type Enqueue = (item: WorkItem, deliveryId: string) => void;

type EventName = Parameters<Probot["on"]>[0];

/**
 * The Probot application. Its handlers map events to keys and call nothing: what happened is read back from GitHub
 * when the key's turn comes.
 */
export function tidemarkApp(enqueue: Enqueue, log: BotLog): (app: Probot) => void {
  return (app) => {
    for (const handler of handlers) {
      app.on(handler.events as EventName, ({ id, name, payload }) => {
        const items = readItems(handler, payload, (error) =>
          log.warn({ delivery: id, event: name, problem: problemOf(error) }, "Ignored a payload of unknown shape"),
        );
        for (const item of items) enqueue(item, id);
      });
    }
  };
}

function readItems(handler: EventHandler, payload: unknown, refuse: (error: unknown) => void): readonly WorkItem[] {
  try {
    return handler.itemsOf(payload);
  } catch (error) {
    refuse(error);
    return [];
  }
}

/** Which field; never its value, which is anybody's text. */
function problemOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return String(error);
  return error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join(", ");
}
