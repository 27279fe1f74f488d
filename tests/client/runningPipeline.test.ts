import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createOrderflowClient, newIdempotencyKey, type OrderflowClient } from "../../client/orderflowClient";
import { Shop } from "../endToEnd/shop";

const ROOT = join(__dirname, "..", "..");

describe("the client with a running pipeline", () => {
  let shop: Shop;
  let client: OrderflowClient;
  before(async () => {
    shop = await Shop.open();
    client = createOrderflowClient({ baseUrl: shop.outputs.apiUrl, apiKey: shop.outputs.apiKeys["acme"] ?? "" });
  });
  after(() => shop.close());

  it("places an order once, however often it is sent, and follows it to its end", async () => {
    const idempotencyKey = newIdempotencyKey();
    const order = { userId: "user-42", items: [{ productId: "PROD-001", qty: 2 }], totalAmount: 59.98 };
    const placed = await client.placeOrder(order, { idempotencyKey });
    assert.deepEqual(await client.placeOrder(order, { idempotencyKey }), placed);
    const { status, receiptKey } = await client.followOrder(placed.orderId, { pollSeconds: 0.05 });
    assert.equal(status, "CONFIRMED");
    assert.match(receiptKey ?? "", /^receipts\//);
  });

  it("is told what is wrong with an order", async () => {
    const order = { userId: "user-42", items: [{ productId: "PROD-001", qty: 2 }], totalAmount: 1 };
    await assert.rejects(client.placeOrder(order), {
      ...{ name: "OrderflowProblem", status: 422, type: "urn:orderflow:problem:total-mismatch" },
      message: "The total does not match the prices: The order comes to 59.98 EUR, not 1.",
    });
  });

  it("places the order of client/examples/placeOrder.ts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "orderflow-client-"));
    try {
      const file = join(folder, "outputs.json");
      writeFileSync(file, JSON.stringify(shop.outputs));
      const script = ["--require", "./register.cjs", "client/examples/placeOrder.ts", file];
      const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: ROOT });
      assert.match(stdout, /^acme ordered 2 × .+: [\w-]+, [\d.]+ EUR\nCONFIRMED, receipt receipts\/.+\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
