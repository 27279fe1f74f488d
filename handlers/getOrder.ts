import type { HttpHandler } from "../contracts/http";
import { orderView } from "../contracts/orderView";
import { problem } from "../contracts/problems";
import type { Orders } from "./createOrder";
import { addLogKeys } from "./telemetry";

/** Longer ones were never given out, and the database would refuse a key above 2048 bytes with a fault. */
const ORDER_ID = /^[A-Za-z0-9-]{1,64}$/;

/** GET /orders/{orderId}. Another tenant's order does not exist for this one. */
export function getOrder({ orders }: { readonly orders: Pick<Orders, "find"> }): HttpHandler {
  return async ({ tenantId, pathParameters }) => {
    const orderId = pathParameters["orderId"] ?? "";
    const order = ORDER_ID.test(orderId) ? await orders.find(orderId) : undefined;
    if (order === undefined || order.tenantId !== tenantId) {
      return { problem: problem("order-not-found", "No order of yours has this id.") };
    }
    addLogKeys({ orderId });
    return { status: 200, body: orderView(order) };
  };
}
