import assert from "node:assert/strict";
import { devProgram, type DeployedProgram } from "./deployedProgram";
import { allowed, ofType } from "./deployment";

describe("the program's permissions", () => {
  let dev: DeployedProgram;
  before(async () => {
    dev = await devProgram();
  });

  it("lets each function do exactly what its handler does", () => {
    const table = (name: string, ...actions: string[]) => actions.map((action) => `dynamodb:${action} ${name}-table`);
    const consuming = (name: string) =>
      ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"].map((action) => `sqs:${action} ${name}-queue`);
    const functions: Record<string, string[]> = {
      "api-create": [
        ...[...table("orders", "PutItem", "GetItem"), ...table("inventory", "BatchGetItem")],
        ...[...table("limits", "UpdateItem"), "sqs:GetQueueAttributes queue-queue"],
      ],
      "api-queries": [
        ...table("orders", "GetItem"),
        ...["userId", "status"].map((by) => `dynamodb:Query orders-table/index/${by}-createdAt-index`),
        ...[...table("orders", "BatchGetItem"), ...table("inventory", "GetItem", "Scan")],
        ...[...table("trail", "Query"), ...table("limits", "GetItem")],
      ],
      "events-publish": [
        ...["events:PutEvents events-bus", "sqs:SendMessage events-relay-failures"],
        ...["GetRecords", "GetShardIterator", "DescribeStream", "ListStreams"].map(
          (action) => `dynamodb:${action} orders-table/stream/1`,
        ),
      ],
      "queue-process": [
        ...["Receive", "Delete"].map((verb) => `sqs:${verb}Message queue-queue`),
        ...["sqs:GetQueueAttributes queue-queue", "sqs:ChangeMessageVisibility queue-queue"],
        "states:StartSyncExecution saga-machine",
      ],
      "reconciler-reconcile": [
        "dynamodb:Query orders-table/index/status-createdAt-index",
        ...table("orders", "BatchGetItem"),
        ...["sqs:SendMessage queue-queue", "sqs:SendMessage reconciler-failed-runs"],
      ],
      "trail-consume": [...table("trail", "PartiQLInsert", "BatchGetItem"), ...consuming("trail")],
      "notifications-consume": [
        ...table("orders", "BatchGetItem"),
        ...["PartiQLInsert", "PutItem", "BatchWriteItem", "BatchGetItem"].map(
          (action) => `dynamodb:${action} notifications-consumed-events`,
        ),
        ...["sns:Publish notifications-topic", ...consuming("notifications")],
      ],
      "saga-ReserveInventory": [...table("orders", "UpdateItem"), ...table("inventory", "UpdateItem")],
      "saga-ReleaseInventory": [...table("orders", "UpdateItem"), ...table("inventory", "UpdateItem")],
      "saga-ProcessPayment": [...table("orders", "GetItem", "UpdateItem"), ...table("payments", "UpdateItem")],
      "saga-RefundPayment": [...table("orders", "GetItem", "UpdateItem"), ...table("payments", "UpdateItem")],
      "saga-IssueReceipt": [
        ...table("orders", "GetItem"),
        ...["Put", "Get"].map((verb) => `s3:${verb}Object receipts-bucket/receipts/*`),
      ],
      "saga-VoidReceipt": [...table("orders", "GetItem"), "s3:PutObject receipts-bucket/receipts/*"],
      "saga-ConfirmOrder": table("orders", "UpdateItem"),
      "saga-CancelOrder": table("orders", "UpdateItem"),
      "saga-FailOrder": table("orders", "UpdateItem"),
    };
    for (const [name, actions] of Object.entries(functions)) {
      assert.deepEqual(allowed(dev.resources, name), actions, name);
    }
    assert.equal(ofType(dev.resources, "aws:lambda/function:Function").length, Object.keys(functions).length);
  });
});
