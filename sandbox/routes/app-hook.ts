import { z } from "zod";
import type { Deliverer } from "../events/deliverer.ts";
import { type Answer, ok } from "../http/answer.ts";
import { notFound } from "../http/api-error.ts";
import type { Call } from "../http/call.ts";
import { type Route, route, theApp } from "../http/route.ts";
import type { Delivery } from "../model/delivery.ts";
import { deliveryItem, fullDelivery } from "../resources/delivery.ts";
import { callingApp } from "./apps.ts";

/** Newest first; pages by cursor, which for us is the id of the first delivery shown. */
function listDeliveries(call: Call): Answer | Promise<Answer> {
  const cursor = Number(call.query("cursor") ?? Number.MAX_SAFE_INTEGER);
  const perPage = Math.min(100, Number(call.query("per_page") ?? 30));
  const all = deliveriesOf(call).filter(({ id }) => id <= cursor);
  const next = all[perPage];
  const url = `${call.state.url}/app/hook/deliveries?per_page=${perPage}&cursor=${next?.id}`;
  return {
    status: 200,
    headers: next ? { link: `<${url}>; rel="next"` } : {},
    body: all.slice(0, perPage).map(deliveryItem),
  };
}

function deliveriesOf(call: Call): Delivery[] {
  const app = callingApp(call);
  return [...call.state.deliveries.values()].filter(({ appId }) => appId === app.id).reverse();
}

function requestedDelivery(call: Call): Delivery {
  const id = call.number("delivery_id");
  const delivery = deliveriesOf(call).find((candidate) => candidate.id === id);
  if (!delivery) throw notFound();
  return delivery;
}

const ConfigRequest = z.object({ url: z.url().optional(), secret: z.string().optional() });

function hookConfig(call: Call): Answer {
  const { webhook } = callingApp(call);
  const secret = webhook.secret === "" ? {} : { secret: "********" };
  return ok({ content_type: webhook.contentType, insecure_ssl: "0", url: webhook.url, ...secret });
}

function updateConfig(call: Call): Answer {
  const { url, secret } = call.read(ConfigRequest);
  const { webhook } = callingApp(call);
  webhook.url = url ?? webhook.url;
  webhook.secret = secret ?? webhook.secret;
  return hookConfig(call);
}

export function appHookRoutes(deliverer: Deliverer): readonly Route[] {
  return [
    route("GET /app/hook/config", theApp, hookConfig),
    route("PATCH /app/hook/config", theApp, updateConfig),
    route("GET /app/hook/deliveries", theApp, listDeliveries),
    route("GET /app/hook/deliveries/{delivery_id}", theApp, (call) => {
      const delivery = requestedDelivery(call);
      return ok(fullDelivery(delivery, callingApp(call).webhook.url));
    }),
    route("POST /app/hook/deliveries/{delivery_id}/attempts", theApp, (call) => {
      void deliverer.redeliver(requestedDelivery(call));
      return { status: 202, body: {} };
    }),
  ];
}
