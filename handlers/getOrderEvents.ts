import type { HttpHandler } from "../contracts/http";
import { problem } from "../contracts/problems";
import type { OrderTrail } from "../contracts/schemas";
import type { Orders } from "./createOrder";
import { isOrderId, ORDERS_CACHE_CONTROL } from "./getOrder";
import { addLogKeys } from "./telemetry";
import type { Trail } from "./trail";

export interface GetOrderEventsDeps {
  readonly orders: Pick<Orders, "find">;
  readonly trail: Pick<Trail, "eventsOf">;
}

/**
 * GET /orders/{orderId}/events. The trail follows the order by moments, so an order may be there before its first event
 * is; whose order it is, only the order says. Another tenant's does not exist for this one.
 */
export function getOrderEvents({ orders, trail }: GetOrderEventsDeps): HttpHandler {
  return async ({ tenantId, pathParameters }) => {
    const orderId = pathParameters["orderId"] ?? "";
    const order = isOrderId(orderId) ? await orders.find(orderId) : undefined;
    if (order === undefined || order.tenantId !== tenantId) {
      return { problem: problem("order-not-found", "No order of yours has this id.") };
    }
    addLogKeys({ orderId });
    const recorded = await trail.eventsOf(orderId);
    const events = recorded.map(({ eventId, type, occurredAt, version, detail }) => ({
      ...{ eventId, type, occurredAt, version },
      detail: { ...detail },
    }));
    return {
      status: 200,
      headers: { "Cache-Control": ORDERS_CACHE_CONTROL },
      body: { orderId, events } satisfies OrderTrail,
    };
  };
}
