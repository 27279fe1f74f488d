import assert from "node:assert/strict";
import { InventoryStore } from "../../components/inventoryStore";
import { OrderStore } from "../../components/orderStore";
import { PaymentGateway } from "../../components/paymentGateway";
import { deploy, only } from "./deployment";

describe("the tables", () => {
  const build = (protectData: boolean) => () => [
    new OrderStore("orders", { protectData }),
    new InventoryStore("inventory", { stockShards: 1, protectData }),
    new PaymentGateway("payments", { protectData, failurePercent: 0, latencyMs: 0 }),
  ];

  it("can be restored to any second, are encrypted and paid by request", async () => {
    const { resources } = await deploy(build(true));
    for (const { inputs } of resources) {
      assert.deepEqual(inputs["pointInTimeRecovery"], { enabled: true });
      assert.deepEqual(inputs["serverSideEncryption"], { enabled: true });
      assert.equal(inputs["billingMode"], "PAY_PER_REQUEST");
    }
    assert.equal(resources.length, 3);
  });

  it("refuse to be deleted where data is protected, and only there", async () => {
    for (const protectData of [true, false]) {
      const { resources } = await deploy(build(protectData));
      assert.deepEqual(
        resources.map(({ inputs }) => inputs["deletionProtectionEnabled"]),
        [protectData, protectData, protectData],
      );
    }
  });

  it("tell every change of an order, before and after", async () => {
    const { inputs } = only((await deploy(build(true))).resources, "orders-table");
    assert.deepEqual([inputs["streamEnabled"], inputs["streamViewType"]], [true, "NEW_AND_OLD_IMAGES"]);
  });

  it("list orders by user and by status, newest first, from indexes of keys alone", async () => {
    const { inputs } = only((await deploy(build(true))).resources, "orders-table");
    assert.deepEqual(
      inputs["globalSecondaryIndexes"].map(({ name, keySchemas, projectionType }: any) => [
        ...[name, projectionType],
        ...keySchemas.map(({ attributeName, keyType }: any) => `${keyType} ${attributeName}`),
      ]),
      [
        ["userId-createdAt-index", "KEYS_ONLY", "HASH userKey", "RANGE createdAt"],
        ["status-createdAt-index", "KEYS_ONLY", "HASH statusKey", "RANGE createdAt"],
      ],
    );
  });
});

describe("PaymentGateway", () => {
  it("names every wrong setting in one error", async () => {
    const wrong = { protectData: false, failurePercent: 101, latencyMs: 2001 };
    await assert.rejects(
      deploy(() => new PaymentGateway("payments", wrong)),
      {
        message:
          'PaymentGateway "payments": failurePercent must be a whole number from 0 to 100, not 101; ' +
          "latencyMs must be a whole number from 0 to 2000, not 2001: every payment would time out.",
      },
    );
  });
});
