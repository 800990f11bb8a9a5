import type { Delivery } from "../model/delivery.ts";
import type { DeliveryItemShape, DeliveryShape } from "./shapes.ts";

export function deliveryItem(delivery: Delivery): DeliveryItemShape {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

export function fullDelivery(delivery: Delivery, url: string): DeliveryShape {
  return {
    ...deliveryItem(delivery),
    url,
    request: { headers: { ...delivery.request.headers }, payload: { ...delivery.request.payload } },
    response: { headers: { ...delivery.response.headers }, payload: delivery.response.payload },
  };
}
