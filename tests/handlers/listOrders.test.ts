import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Order } from "../../contracts/order";
import { orderView } from "../../contracts/orderView";
import { cursorOf } from "../../handlers/cursor";
import { listOrders, type OrderLists } from "../../handlers/listOrders";
import { anOrder } from "../contracts/anOrder";
import { aRequest } from "./aRequest";

type Asked = Parameters<OrderLists["page"]>;

/** Lists of the orders that it was given, in their order. */
class ListsInMemory implements OrderLists {
  readonly asked: Asked[] = [];

  constructor(private readonly orders: readonly Order[]) {}

  async page(...asked: Asked) {
    this.asked.push(asked);
    const { limit, after } = asked[1];
    const from = this.orders.findIndex(({ orderId }) => orderId === after?.orderId) + 1;
    const orders = this.orders.slice(from, from + limit);
    const end = from + limit < this.orders.length ? orders.at(-1) : undefined;
    return { orders, ...(end && { end: { createdAt: end.createdAt, orderId: end.orderId } }) };
  }
}

const five = Array.from({ length: 5 }, (_, n) => anOrder({ orderId: `order-${n}` }));

function lists(orders: readonly Order[] = five) {
  const shown = new ListsInMemory(orders);
  const handler = listOrders({ orders: shown });
  const get = (query: Record<string, string>, rest = {}): Promise<any> => handler(aRequest({ query, ...rest }));
  const pointers = async (query: Record<string, string>, rest = {}): Promise<string[]> => {
    const { problem } = await get(query, rest);
    assert.deepEqual([problem.status, problem.type], [400, "urn:orderflow:problem:invalid-request"]);
    return problem.errors.map(({ pointer }: { pointer: string }) => pointer);
  };
  return { get, pointers, asked: shown.asked };
}

describe("listOrders", () => {
  it("shows a user's orders as they are shown one by one, twenty unless told otherwise", async () => {
    const { get, asked } = lists();
    const { status, headers, body } = await get({ userId: "user-1" });
    assert.deepEqual([status, headers], [200, { "Cache-Control": "private, no-cache" }]);
    assert.deepEqual(body, { orders: five.map(orderView) });
    assert.deepEqual(asked, [[{ tenantId: "acme", filter: { userId: "user-1" } }, { limit: 20 }]]);
  });

  it("asks for the status and the number that it is told", async () => {
    const { get, asked } = lists();
    await get({ status: "FAILED", limit: "100" });
    assert.deepEqual(asked, [[{ tenantId: "acme", filter: { status: "FAILED" } }, { limit: 100 }]]);
  });

  it("leads from page to page by its cursors, and gives none on the last", async () => {
    const { get } = lists();
    const seen: string[][] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined;) {
      const { body } = await get({ userId: "user-1", limit: "2", ...(cursor && { cursor }) });
      seen.push(body.orders.map(({ orderId }: Order) => orderId));
      cursor = body.nextCursor;
    }
    assert.deepEqual(seen, [["order-0", "order-1"], ["order-2", "order-3"], ["order-4"]]);
  });

  it("continues each list by its own cursors only: of this tenant, this filter and this value", async () => {
    const { get, pointers } = lists();
    const { nextCursor: cursor } = (await get({ userId: "user-1", limit: "2" })).body;
    assert.deepEqual(await pointers({ userId: "user-1", cursor }, { tenantId: "globex" }), ["/query/cursor"]);
    assert.deepEqual(await pointers({ userId: "user-2", cursor }), ["/query/cursor"]);
    assert.deepEqual(await pointers({ status: "PENDING", cursor }), ["/query/cursor"]);
  });

  it("continues in the caller's own list, whatever a cursor that somebody made holds", async () => {
    const { get, pointers, asked } = lists();
    const list = ["orders", "acme", "userId", "user-1"];
    const cursor = cursorOf(list, ["2026-11-20T10:00:00.000Z", "an-order-of-globex"]);
    await get({ userId: "user-1", cursor });
    assert.deepEqual(asked.at(-1)?.[0], { tenantId: "acme", filter: { userId: "user-1" } });
    for (const place of [
      [],
      ["", ""],
      ["2026", "o"],
      ["2026-11-20T10:00:00.000Z", "o/o"],
      [...five.keys()].map(String),
    ]) {
      assert.deepEqual(await pointers({ userId: "user-1", cursor: cursorOf(list, place) }), ["/query/cursor"]);
    }
  });

  it("refuses what is no cursor", async () => {
    const { pointers } = lists();
    for (const cursor of ["", "x", "null", "bnVsbA", "W10", "{}", "x".repeat(1024), "x".repeat(1025)]) {
      assert.deepEqual(await pointers({ userId: "user-1", cursor }), ["/query/cursor"], cursor);
    }
  });

  it("asks for one of its two filters, and one only", async () => {
    const { get, pointers, asked } = lists();
    assert.deepEqual(await pointers({}), ["/query"]);
    assert.deepEqual(await pointers({ limit: "5" }), ["/query"]);
    const { problem } = await get({ userId: "u", status: "FAILED" });
    assert.deepEqual(problem.errors, [{ pointer: "/query", detail: "Expected userId or status, not both" }]);
    assert.deepEqual(asked, []);
  });

  it("names everything that is wrong at once", async () => {
    const { pointers } = lists();
    const query = { userid: "u", status: "ALL", limit: "0", cursor: "x".repeat(2000) };
    assert.deepEqual(await pointers(query), ["/query/userid", "/query/status", "/query/limit", "/query/cursor"]);
    assert.deepEqual(await pointers({ userid: "u" }), ["/query/userid", "/query"]);
    assert.deepEqual(await pointers({ userId: "u", limit: "0", cursor: "x" }), ["/query/limit", "/query/cursor"]);
    assert.deepEqual(await pointers({ userId: "b" }, { repeatedQuery: ["userId"] }), ["/query/userId"]);
  });
});
