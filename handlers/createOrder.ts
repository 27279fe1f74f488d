import type { HttpHandler, HttpRefusal, HttpResponse } from "../contracts/http";
import type { Order } from "../contracts/order";
import { orderIdOf } from "../contracts/orderId";
import { orderAccepted } from "../contracts/orderView";
import { problem } from "../contracts/problems";
import type { PlaceOrderBody } from "../contracts/schemas";
import { type Admit, ifAdmitted } from "./admission";
import { hashOf } from "./canonicalJson";
import { readIdempotencyKey } from "./idempotencyKey";
import { readPlaceOrder } from "./placeOrderRequest";
import { priceOrder, type PricedOrder, type Product } from "./priceOrder";
import { findRepeated, repeatWindow, type RepeatWindow } from "./repeatWindow";
import { addLogKeys, count } from "./telemetry";

/** The orders of all tenants. */
export interface Orders {
  /**
   * Writes an order that must be new. Answers the order that has the id already, or that lies within the window, and
   * then writes nothing. An order that this very call wrote, though the answer was lost, is no such order.
   */
  create(order: Order, window?: RepeatWindow): Promise<Order | undefined>;
  /** Read consistently: an order is there as soon as its 201 is. */
  find(orderId: string): Promise<Order | undefined>;
}

/** What can be bought, at which price. */
export interface Catalogue {
  /** Products that do not exist are absent from the answer. */
  find(productIds: readonly string[]): Promise<ReadonlyMap<string, Product>>;
}

export interface CreateOrderDeps {
  /** Asked for each valid order before anything is done about it, repeats included. */
  readonly admit: Admit;
  readonly orders: Orders;
  readonly catalogue: Catalogue;
  /** ISO 4217; the one currency of the catalogue. */
  readonly currency: string;
  /**
   * Within so many seconds a request without an idempotency key repeats the one with the same body, 0 to 86,400.
   * With 0 every such request is a new order.
   */
  readonly dedupeIdenticalBodiesSeconds: number;
  /** A new id for an order without an idempotency key: a UUID. */
  readonly newId: () => string;
  readonly now: () => Date;
}

/**
 * POST /orders: accepts an order with one conditional write, and does nothing else; what must follow hangs on the
 * table's stream. The order is its own idempotency record: a key and a tenant make the order's id. Without a key the
 * body can stand for one, for a while: {@link repeatWindow}.
 */
export function createOrder(deps: CreateOrderDeps): HttpHandler {
  const { admit, orders, catalogue, currency, dedupeIdenticalBodiesSeconds: seconds, newId, now } = deps;
  return async (request) => {
    const key = readIdempotencyKey(request.headers);
    if (typeof key === "object") return key;
    const body = readPlaceOrder(request);
    if ("problem" in body) return body;

    const { tenantId, correlationId } = request;
    return ifAdmitted(admit, tenantId, async () => {
      const at = now();
      const bodyHash = hashOf(body);
      const window = key === undefined && seconds > 0 ? repeatWindow({ tenantId, bodyHash, at, seconds }) : undefined;
      const orderId = window?.orderId ?? (key === undefined ? newId() : orderIdOf(tenantId, key));
      addLogKeys({ orderId });
      const claim: Claim = { orderId, tenantId, correlationId, bodyHash, at: at.toISOString() };

      const priced = priceOrder(body, await catalogue.find(body.items.map(({ productId }) => productId)), currency);
      if ("problem" in priced) {
        // Prices change. A repeated request is answered from its order, not refused by the catalogue of another day.
        const keyed = key === undefined ? undefined : await orders.find(orderId);
        const earlier = window === undefined ? keyed : await findRepeated(orders, window, claim.at);
        return earlier === undefined ? priced : repeated(earlier, claim);
      }
      const order = newOrder(claim, body, { ...priced, currency });
      const existing = await orders.create(order, window);
      if (existing !== undefined) return repeated(existing, claim);
      count("OrderCreated");
      return accepted(order);
    });
  };
}

/** What this request says about the order's id. */
interface Claim {
  readonly orderId: string;
  readonly tenantId: string;
  readonly correlationId: string;
  readonly bodyHash: string;
  readonly at: string;
}

function newOrder(claim: Claim, body: PlaceOrderBody, priced: PricedOrder & { currency: string }): Order {
  const { at, ...identity } = claim;
  return {
    ...identity,
    userId: body.userId,
    ...(body.customerEmail !== undefined && { customerEmail: body.customerEmail }),
    items: priced.items,
    amountMinor: priced.amountMinor,
    currency: priced.currency,
    status: "PENDING",
    stage: "RECEIVED",
    reserved: false,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

function repeated(existing: Order, { tenantId, bodyHash }: Claim): HttpResponse | HttpRefusal {
  addLogKeys({ orderId: existing.orderId });
  if (existing.tenantId !== tenantId) throw new Error(`The id of order ${existing.orderId} is another tenant's.`);
  if (existing.bodyHash !== bodyHash) {
    const detail = "This idempotency key came with another body before. Use a new key for a new order.";
    return { problem: problem("idempotency-key-reused", detail) };
  }
  return accepted(existing, { "Idempotency-Replayed": "true" });
}

function accepted(order: Order, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  return { status: 201, headers: { Location: `/orders/${order.orderId}`, ...headers }, body: orderAccepted(order) };
}
