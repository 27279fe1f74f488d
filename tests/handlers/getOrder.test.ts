import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { orderView } from "../../contracts/orderView";
import { getOrder } from "../../handlers/getOrder";
import { anOrder } from "../contracts/anOrder";
import { aRequest } from "./aRequest";

let version = 1;
const find = async (orderId: string) => (orderId === "order-1" ? anOrder({ version }) : undefined);
const handler = getOrder({ orders: { find } });

function get(orderId: string, tenantId = "acme", headers: Record<string, string> = {}): Promise<any> {
  return handler(aRequest({ tenantId, pathParameters: { orderId }, headers }));
}

describe("getOrder", () => {
  beforeEach(() => void (version = 1));

  it("shows a tenant its order, by its version, and lets no one else keep it", async () => {
    assert.deepEqual(await get("order-1"), {
      status: 200,
      headers: { ETag: '"1"', "Cache-Control": "private, no-cache" },
      body: orderView(anOrder()),
    });
  });

  it("answers for another tenant's order exactly as for none", async () => {
    const none = await get("order-2");
    assert.equal(none.problem.status, 404);
    assert.deepEqual(await get("order-1", "globex"), none);
    assert.deepEqual(await get("order-1", "globex", { "if-none-match": "*" }), none);
    assert.deepEqual(await get("order-1", "globex", { "if-none-match": '"1"' }), none);
    assert.deepEqual(await get("x".repeat(3000)), none);
    assert.deepEqual(await get("../etc"), none);
  });

  it("answers 304 without a body, but with the tag, to a caller that has the order as it is", async () => {
    const unchanged = { status: 304, headers: { ETag: '"1"', "Cache-Control": "private, no-cache" } };
    assert.deepEqual(await get("order-1", "acme", { "if-none-match": '"1"' }), unchanged);
    assert.deepEqual(await get("order-1", "acme", { "if-none-match": '"7", W/"1"' }), unchanged);
    assert.deepEqual(await get("order-1", "acme", { "if-none-match": "*" }), unchanged);
  });

  it("answers the whole order once it has changed", async () => {
    version = 2;
    const { status, headers, body } = await get("order-1", "acme", { "if-none-match": '"1"' });
    assert.deepEqual([status, headers.ETag, body.version], [200, '"2"', 2]);
  });
});
