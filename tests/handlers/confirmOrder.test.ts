import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Order } from "../../contracts/order";
import { Rejection } from "../../contracts/task";
import { confirmOrder } from "../../handlers/confirmOrder";
import { lambdaTelemetry } from "../../handlers/telemetry";
import { aContext } from "./entries/aContext";
import { linesOf } from "./observed";

const SOLD = { amountMinor: 10_997, currency: "EUR", items: [{ qty: 2 }, { qty: 1 }] } as unknown as Order;
const INPUT = { orderId: "o-1", tenantId: "acme", correlationId: "c-1", receiptKey: "receipts/o-1.json" };

/** What confirming an order answers, and the metrics that its function publishes. */
async function confirmed(answer: { readonly confirmed: Order } | "ALREADY_DONE" | "CANCELLED") {
  const confirm = confirmOrder({ ledger: { confirm: async () => answer } });
  let result: unknown;
  const lines = await linesOf(() =>
    lambdaTelemetry("ConfirmOrder")(aContext, {}, async () => void (result = await confirm(INPUT))),
  );
  return { result, metrics: lines.find((line) => line._aws !== undefined) };
}

describe("confirmOrder", () => {
  it("measures what was sold: revenue in whole currency, and units", async () => {
    const { metrics } = await confirmed({ confirmed: SOLD });
    assert.deepEqual([metrics.OrderConfirmed, metrics.OrderRevenue, metrics.UnitsSold], [1, 109.97, 3]);
    const [{ Namespace, Dimensions, Metrics }] = metrics._aws.CloudWatchMetrics;
    assert.deepEqual([Namespace, Dimensions], ["OrderingSystem", [["service"]]]);
    assert.deepEqual(Metrics, [
      { Name: "OrderConfirmed", Unit: "Count" },
      { Name: "OrderRevenue", Unit: "None" },
      { Name: "UnitsSold", Unit: "Count" },
    ]);
    assert.equal(metrics.service, "ConfirmOrder");
  });

  it("measures nothing when an earlier run confirmed the order, or it is cancelled", async () => {
    assert.equal((await confirmed("ALREADY_DONE")).metrics, undefined);
    const { result, metrics } = await confirmed("CANCELLED");
    assert.ok(result instanceof Rejection);
    assert.equal(metrics, undefined);
  });

  it("confirms an order whose worth cannot be told", async () => {
    const { result, metrics } = await confirmed({ confirmed: { ...SOLD, currency: "none" } });
    assert.equal(result, undefined);
    assert.deepEqual([metrics.OrderConfirmed, metrics.OrderRevenue], [1, undefined]);
  });
});
