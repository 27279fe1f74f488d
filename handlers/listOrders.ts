import type { HttpHandler, HttpRefusal, HttpRequest } from "../contracts/http";
import { OPERATIONS, PAGE_LIMIT } from "../contracts/operations";
import type { Order, OrderStatus } from "../contracts/order";
import { orderView } from "../contracts/orderView";
import type { Violation } from "../contracts/problems";
import type { OrderList } from "../contracts/schemas";
import { cursorOf, placeOf, type ListName, type Place } from "./cursor";
import { isOrderId, ORDERS_CACHE_CONTROL } from "./getOrder";
import { invalidQuery, pointerTo, readQuery } from "./queryParameters";

/** Which orders of a tenant: those of a user, or those of a status. */
export type OrderFilter = { readonly userId: string } | { readonly status: OrderStatus };

/** Where an order stands among others. */
export interface OrderPlace {
  /** ISO 8601, UTC, milliseconds. */
  readonly createdAt: string;
  readonly orderId: string;
}

export interface OrderPage {
  /** Newest first. */
  readonly orders: readonly Order[];
  /** Where the page ends; absent on the last one. */
  readonly end?: OrderPlace;
}

/** The orders of all tenants as lists, newest first. */
export interface OrderLists {
  /**
   * Up to `limit` (1 to 100) orders that come after a place. An order is listed a moment after it was accepted, and is
   * then read as it is now. One whose status changed in that moment is left out of the list of its former status, so
   * that a page may hold fewer than `limit` though it is not the last.
   */
  page(
    of: { readonly tenantId: string; readonly filter: OrderFilter },
    range: { readonly limit: number; readonly after?: OrderPlace },
  ): Promise<OrderPage>;
}

/** GET /orders?userId=… or ?status=…: the tenant's own, page by page. */
export function listOrders({ orders }: { readonly orders: OrderLists }): HttpHandler {
  return async (request) => {
    const asked = readListQuery(request);
    if ("problem" in asked) return asked;
    const { tenantId } = request;
    const { filter, limit, after } = asked;
    const page = await orders.page({ tenantId, filter }, { limit, ...(after && { after }) });
    const body: OrderList = {
      orders: page.orders.map(orderView),
      ...(page.end && { nextCursor: cursorOf(nameOf(tenantId, filter), [page.end.createdAt, page.end.orderId]) }),
    };
    return { status: 200, headers: { "Cache-Control": ORDERS_CACHE_CONTROL }, body };
  };
}

interface ListQuery {
  readonly filter: OrderFilter;
  readonly limit: number;
  readonly after?: OrderPlace | undefined;
}

function readListQuery(request: HttpRequest): ListQuery | HttpRefusal {
  const { values, violations } = readQuery(request, OPERATIONS.listOrders);
  const filter = filterOf(values);
  const cursor = values.get("cursor");
  // A cursor can only be told right or wrong by the list that it belongs to.
  const after = filter && cursor !== undefined ? orderPlace(placeOf(nameOf(request.tenantId, filter), cursor)) : null;
  const mistakes = [...violations, ...filterMistakes(request), ...(after === undefined ? [FOREIGN_CURSOR] : [])];
  if (filter === undefined || mistakes.length > 0) return invalidQuery(mistakes);
  return { filter, limit: Number(values.get("limit") ?? PAGE_LIMIT.default), after: after ?? undefined };
}

const FOREIGN_CURSOR: Violation = {
  pointer: pointerTo("cursor"),
  detail: "Expected the nextCursor of a page of this list",
};

function filterOf(values: ReadonlyMap<string, string>): OrderFilter | undefined {
  const [userId, status] = [values.get("userId"), values.get("status")];
  if (userId !== undefined) return { userId };
  return status === undefined ? undefined : { status: status as OrderStatus };
}

function filterMistakes({ query }: HttpRequest): readonly Violation[] {
  const given = ["userId", "status"].filter((name) => Object.hasOwn(query, name)).length;
  if (given === 1) return [];
  return [
    { pointer: pointerTo(), detail: given === 0 ? "Expected userId or status" : "Expected userId or status, not both" },
  ];
}

function nameOf(tenantId: string, filter: OrderFilter): ListName {
  return ["orders", tenantId, ...Object.entries(filter).flat()];
}

const CREATED_AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function orderPlace([createdAt = "", orderId = "", ...rest]: Place = []): OrderPlace | undefined {
  const isPlace = CREATED_AT.test(createdAt) && isOrderId(orderId) && rest.length === 0;
  return isPlace ? { createdAt, orderId } : undefined;
}
