import assert from "node:assert/strict";
import { Check } from "@sinclair/typebox/value";
import { OrderTrail } from "../../contracts/schemas";
import { getOrderEvents } from "../../handlers/getOrderEvents";
import { anOrder, captured } from "../contracts/anOrder";
import { trailOf } from "../contracts/aWalk";
import { aRequest } from "./aRequest";

const reserved = anOrder({ stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
const recorded = trailOf([
  ...[anOrder(), reserved],
  anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured, version: 3 }),
]);

function get(orderId: string, { tenantId = "acme", trail = recorded } = {}): Promise<any> {
  const asked: string[] = [];
  const handler = getOrderEvents({
    orders: { find: async (id) => (id === "order-1" ? anOrder() : undefined) },
    trail: {
      async eventsOf(id) {
        asked.push(id);
        return trail;
      },
    },
  });
  return handler(aRequest({ tenantId, pathParameters: { orderId } })).then((answer) => ({ ...answer, asked }));
}

describe("getOrderEvents", () => {
  it("tells a tenant what happened to its order, in the trail's order", async () => {
    const { status, body } = await get("order-1");
    assert.equal(status, 200);
    assert.ok(Check(OrderTrail, body));
    assert.deepEqual(
      body.events.map(({ type, version }) => [type, version]),
      [
        ["OrderCreated", 1],
        ["InventoryReserved", 2],
        ["PaymentProcessed", 3],
      ],
    );
    assert.deepEqual(Object.keys(body.events[0] ?? {}), ["eventId", "type", "occurredAt", "version", "detail"]);
    assert.deepEqual(body.events[0]?.detail, recorded[0]?.detail);
  });

  it("answers an empty list while nothing is recorded yet", async () => {
    assert.deepEqual((await get("order-1", { trail: [] })).body, { orderId: "order-1", events: [] });
  });

  it("lets nobody keep it who is not the caller", async () => {
    assert.deepEqual((await get("order-1")).headers, { "Cache-Control": "private, no-cache" });
  });

  it("answers for another tenant's order exactly as for none, without a look at the trail", async () => {
    const none = await get("order-2");
    assert.equal(none.problem.status, 404);
    assert.deepEqual(none.asked, []);
    assert.deepEqual(await get("order-1", { tenantId: "globex" }), none);
    assert.deepEqual(await get("../etc"), none);
  });
});
