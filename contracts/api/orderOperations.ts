import { ORDER_STATUSES } from "../schemas";
import { CURSOR_EXAMPLE, ORDER_EXAMPLE, ORDER_TRAIL_EXAMPLE, ORDER_VIEW_EXAMPLE } from "./examples";
import type { Operation, Parameter } from "./operation";
import { CORRELATION_ID, IF_NONE_MATCH, ORDER_ID, PAGE } from "./parameters";

/** POST /orders */
export const createOrder: Operation = {
  method: "POST",
  path: "/orders",
  tag: "Orders",
  summary: "Place an order",
  description:
    "Accepts an order at the prices of now. Whether it is CONFIRMED or FAILED shows within seconds at its Location. " +
    "Under an Idempotency-Key the same request can be sent any number of times: it makes one order, and every answer " +
    "is the first one.",
  parameters: [
    ...["Idempotency-Key", "X-Idempotency-Key"].map((name): Parameter => ({
      name,
      in: "header",
      required: false,
      description:
        name === "Idempotency-Key"
          ? "Chosen by the caller, one for each order: 1 to 255 visible ASCII characters."
          : "Another name for Idempotency-Key.",
      schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
    })),
    CORRELATION_ID,
  ],
  body: {
    schema: "PlaceOrderBody",
    example: {
      userId: "user-42",
      items: [
        { productId: "PROD-001", qty: 2 },
        { productId: "PROD-002", qty: 1 },
      ],
      totalAmount: 149.97,
      customerEmail: "customer@example.com",
    },
  },
  answers: {
    201: {
      description: "The order is accepted, or was when the same request came before.",
      schema: "OrderAccepted",
      headers: ["Location", "Idempotency-Replayed", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"],
      example: ORDER_EXAMPLE,
    },
  },
  problems: [
    ...(["invalid-request", "unsupported-media-type", "unknown-product", "total-mismatch"] as const),
    ...(["idempotency-key-reused", "rate-limited", "overloaded", "internal-fault", "unavailable"] as const),
  ],
  access: "tenant",
};

/** GET /orders/{orderId} */
export const getOrder: Operation = {
  method: "GET",
  path: "/orders/{orderId}",
  tag: "Orders",
  summary: "Look at an order",
  description: "The whole order. Poll it with If-None-Match until its status is CONFIRMED or FAILED.",
  parameters: [ORDER_ID, IF_NONE_MATCH, CORRELATION_ID],
  answers: {
    200: {
      description: "The order.",
      schema: "OrderView",
      headers: ["ETag", "Cache-Control"],
      example: ORDER_VIEW_EXAMPLE,
    },
    304: { description: "Nothing has changed since the answer with that ETag.", headers: ["ETag", "Cache-Control"] },
  },
  problems: ["order-not-found", "internal-fault", "unavailable"],
  access: "tenant",
};

/** GET /orders */
export const listOrders: Operation = {
  method: "GET",
  path: "/orders",
  tag: "Orders",
  summary: "List orders of a user or of a status",
  description:
    "The tenant's orders, newest first, by userId or by status: exactly one of the two. An order is listed within about " +
    "a second of its 201, and shown as it is now. A user's list that is read page by page shows every order once that " +
    "was in it when it began, whatever comes in meanwhile. A status's list shows the orders that have the status " +
    "when their page is read: one that has just changed it is left out, so that a page may hold fewer than limit. " +
    "There are more pages as long as there is a nextCursor. Parameters that are not known here are refused.",
  parameters: [
    {
      name: "userId",
      in: "query",
      required: false,
      description: "Orders of this user.",
      schema: { type: "string", minLength: 1, maxLength: 128 },
    },
    {
      name: "status",
      in: "query",
      required: false,
      description: "Orders that have this status now.",
      schema: { type: "string", enum: [...ORDER_STATUSES] },
    },
    ...PAGE,
    CORRELATION_ID,
  ],
  answers: {
    200: {
      description: "A page.",
      schema: "OrderList",
      headers: ["Cache-Control"],
      example: { orders: [ORDER_VIEW_EXAMPLE], nextCursor: CURSOR_EXAMPLE },
    },
  },
  problems: ["invalid-request", "internal-fault", "unavailable"],
  access: "tenant",
};

/** GET /orders/{orderId}/events */
export const getOrderEvents: Operation = {
  method: "GET",
  path: "/orders/{orderId}/events",
  tag: "Orders",
  summary: "What happened to an order",
  description:
    "The order's audit trail, oldest first: every event as it stood on the bus. It follows the order by moments, and " +
    "nothing in it is ever changed or removed.",
  parameters: [ORDER_ID, CORRELATION_ID],
  answers: {
    200: {
      description: "All events so far.",
      schema: "OrderTrail",
      headers: ["Cache-Control"],
      example: ORDER_TRAIL_EXAMPLE,
    },
  },
  problems: ["order-not-found", "internal-fault", "unavailable"],
  access: "tenant",
};
