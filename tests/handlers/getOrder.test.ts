import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { orderView } from "../../contracts/orderView";
import { getOrder } from "../../handlers/getOrder";
import { anOrder } from "../contracts/anOrder";

const handler = getOrder({ orders: { find: async (orderId) => (orderId === "order-1" ? anOrder() : undefined) } });

function get(orderId: string, tenantId = "acme"): Promise<any> {
  return handler({ tenantId, pathParameters: { orderId }, query: {}, headers: {}, body: "", correlationId: "c" });
}

describe("getOrder", () => {
  it("shows a tenant its order", async () => {
    assert.deepEqual(await get("order-1"), { status: 200, body: orderView(anOrder()) });
  });

  it("answers for another tenant's order exactly as for none", async () => {
    const none = await get("order-2");
    assert.equal(none.problem.status, 404);
    assert.deepEqual(await get("order-1", "globex"), none);
    assert.deepEqual(await get("x".repeat(3000)), none);
    assert.deepEqual(await get("../etc"), none);
  });
});
