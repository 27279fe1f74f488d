import assert from "node:assert/strict";
import type { OrderQueue } from "../../components/orderQueue";
import { OrderReconciler, type OrderReconcilerArgs } from "../../components/orderReconciler";
import { OrderStore } from "../../components/orderStore";
import { allow } from "../../components/statements";
import { allowed, arnOf, deploy, only } from "./deployment";

const args = (rest: Partial<OrderReconcilerArgs> = {}): OrderReconcilerArgs => ({
  orders: new OrderStore("orders", { protectData: false }),
  queue: {
    queueUrl: "https://queue",
    canSend: () => allow(["sqs:SendMessage"], arnOf("queue")),
  } as unknown as OrderQueue,
  tenants: ["acme"],
  finalWithinSeconds: 120,
  logging: { level: "INFO", retentionDays: 14 },
  ...rest,
});

describe("OrderReconciler", () => {
  it("runs every minute, may only find and queue orders, and keeps runs that failed", async () => {
    const { resources } = await deploy(() => new OrderReconciler("reconciler", args()));
    const { scheduleExpression, eventBusName } = only(resources, "reconciler-every-minute").inputs;
    assert.deepEqual([scheduleExpression, eventBusName], ["rate(1 minute)", undefined]);
    assert.deepEqual(allowed(resources, "reconciler-reconcile"), [
      "dynamodb:Query orders-table/index/status-createdAt-index",
      "dynamodb:BatchGetItem orders-table",
      "sqs:SendMessage queue",
      "sqs:SendMessage reconciler-failed-runs",
    ]);
    const { deadLetterConfig } = only(resources, "reconciler-reconcile-function").inputs;
    assert.deepEqual(deadLetterConfig, { targetArn: arnOf("reconciler-failed-runs") });
    const target = only(resources, "reconciler-target").inputs;
    assert.deepEqual(target["deadLetterConfig"], { arn: arnOf("reconciler-failed-runs") });
    const { Statement } = JSON.parse(only(resources, "reconciler-failed-runs-policy").inputs["policy"]);
    assert.deepEqual(Statement[1].Condition, { ArnLike: { "aws:SourceArn": arnOf("reconciler-every-minute") } });
  });

  it("lets its own rule call the function", async () => {
    const { resources } = await deploy(() => new OrderReconciler("reconciler", args()));
    const { principal, sourceArn } = only(resources, "reconciler-permission").inputs;
    assert.deepEqual([principal, sourceArn], ["events.amazonaws.com", arnOf("reconciler-every-minute")]);
  });

  it("refuses settings that could not work, all in one error", async () => {
    await deploy(() => {
      const wrong = args({ tenants: [], finalWithinSeconds: 30 });
      assert.throws(
        () => new OrderReconciler("reconciler", wrong),
        /^Error: OrderReconciler "reconciler": tenants must name at least one: .*; finalWithinSeconds must be a whole number from 60 to 86400, not 30: /,
      );
    });
  });
});
