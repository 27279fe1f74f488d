import type { HttpHandler } from "../contracts/http";
import { orderView } from "../contracts/orderView";
import { problem } from "../contracts/problems";
import type { Orders } from "./createOrder";
import { entityTag, isKnown } from "./entityTag";
import { addLogKeys } from "./telemetry";

const ORDER_ID = /^[A-Za-z0-9-]{1,64}$/;

/** Longer ones were never given out, and the database would refuse a key above 2048 bytes with a fault. */
export function isOrderId(text: string): boolean {
  return ORDER_ID.test(text);
}

/** Of answers with orders: they name customers, and change from one moment to the next. */
export const ORDERS_CACHE_CONTROL = "private, no-cache";

/**
 * GET /orders/{orderId}. Another tenant's order does not exist for this one. A caller that has the order as it is, by
 * `If-None-Match`, gets 304.
 */
export function getOrder({ orders }: { readonly orders: Pick<Orders, "find"> }): HttpHandler {
  return async ({ tenantId, pathParameters, headers: { "if-none-match": ifNoneMatch } }) => {
    const orderId = pathParameters["orderId"] ?? "";
    const order = isOrderId(orderId) ? await orders.find(orderId) : undefined;
    if (order === undefined || order.tenantId !== tenantId) {
      return { problem: problem("order-not-found", "No order of yours has this id.") };
    }
    addLogKeys({ orderId });
    const tag = entityTag(order.version);
    const headers = { ETag: tag, "Cache-Control": ORDERS_CACHE_CONTROL };
    return isKnown(tag, ifNoneMatch) ? { status: 304, headers } : { status: 200, headers, body: orderView(order) };
  };
}
