import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Shop } from "./shop";

describe("an AWS SDK from outside the project", () => {
  let shop: Shop;
  before(async () => {
    shop = await Shop.open();
  });
  after(() => shop.close());

  it("lists tables, reads an order, uses a queue of its own and describes the state machine", async () => {
    const orderId = await shop.accepted({ userId: "u", items: [{ productId: "PROD-004", qty: 1 }] });
    await shop.final(orderId);
    const { ordersTable, inventoryTable, stateMachineArn, awsEndpoint } = shop.outputs;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(__dirname, "foreignClient.mjs"), ordersTable, orderId, stateMachineArn],
      {
        env: {
          PATH: process.env["PATH"],
          AWS_ENDPOINT_URL: awsEndpoint,
          AWS_REGION: "eu-west-1",
          AWS_ACCESS_KEY_ID: "somebody",
          AWS_SECRET_ACCESS_KEY: "something",
        },
      },
    );
    const seen = JSON.parse(stdout);
    assert.ok(seen.tables.includes(ordersTable) && seen.tables.includes(inventoryTable));
    assert.equal(seen.status, "CONFIRMED");
    assert.equal(seen.message, "hello");
    assert.deepEqual(seen.machine, ["EXPRESS", "ACTIVE", "ReserveInventory"]);
  });

  it("finds function archives under 700 KB, each a single bundle with its source map", () => {
    const functions = shop.pipeline.runtime.resources.filter(({ type }) => type === "aws:lambda/function:Function");
    assert.ok(functions.length >= 11);
    for (const { name, inputs } of functions) {
      const { files } = inputs["code"] as { files: Record<string, string> };
      const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      assert.ok(bytes < 700_000, `${name} has ${bytes} bytes`);
      assert.ok(files["index.js"]);
    }
  });
});
