import * as pulumi from "@pulumi/pulumi";
import { EventsBus } from "./components/eventsBus";
import { InventoryStore } from "./components/inventoryStore";
import { OrderApi } from "./components/orderApi";
import { OrderQueue } from "./components/orderQueue";
import { OrderReconciler } from "./components/orderReconciler";
import { OrderSaga } from "./components/orderSaga";
import { OrderStore } from "./components/orderStore";
import { PaymentGateway } from "./components/paymentGateway";
import { ReceiptStore } from "./components/receiptStore";
import { loadSettings } from "./settings";

const settings = loadSettings();
const { protectData } = settings;
const logging = { level: settings.logLevel, retentionDays: settings.logRetentionDays };

const orders = new OrderStore("orders", { protectData });
const inventory = new InventoryStore("inventory", { protectData });
const payments = new PaymentGateway("payments", {
  failurePercent: settings.paymentFailurePercent,
  latencyMs: settings.paymentLatencyMs,
  protectData,
});
const receipts = new ReceiptStore("receipts", { retentionDays: settings.receiptRetentionDays, protectData });

// A request becomes an order with one write; everything else follows from the table's stream.
const api = new OrderApi("api", {
  orders,
  inventory,
  tenants: settings.tenants,
  currency: settings.currency,
  throttleBurst: settings.throttleBurst,
  throttleRate: settings.throttleRate,
  manageApiGatewayAccount: settings.manageApiGatewayAccount,
  logging,
});

// Every change of an order becomes an event.
const events = new EventsBus("events", { orders, logging });

// Reserve, charge, issue the receipt, confirm, or undo.
const saga = new OrderSaga("saga", {
  orders,
  inventory,
  payments,
  receipts,
  executionLogLevel: settings.sagaLogLevel,
  logExecutionData: settings.sagaLogIncludesData,
  logging,
});

// Created orders wait here until the saga has carried them to their end.
const queue = new OrderQueue("queue", {
  events,
  saga,
  maxReceiveCount: settings.maxReceiveCount,
  ordersPerSecond: settings.throttleRate,
  logging,
});

// What is late is queued again, whatever held it up.
const { tenants, finalWithinSeconds } = settings;
const reconciler = new OrderReconciler("reconciler", { orders, queue, tenants, finalWithinSeconds, logging });

const functions = [api, events, saga, queue, reconciler].flatMap((component) => component.functions);

export const apiUrl = api.url;
/** Each tenant's API key. */
export const apiKeys = api.apiKeys;
export const ordersTable = orders.tableName;
export const inventoryTable = inventory.tableName;
export const paymentsTable = payments.tableName;
export const receiptsBucket = receipts.bucketName;
export const orderQueueUrl = queue.queueUrl;
export const deadLetterQueueUrl = queue.deadLetterUrl;
export const eventBusName = events.busName;
export const relayFailureQueueUrl = events.relayFailuresUrl;
export const undeliveredEventsQueueUrl = events.undeliveredUrl;
export const reconcileFailureQueueUrl = reconciler.failedRunsUrl;
export const stateMachineArn = saga.stateMachineArn;
/** Names of the functions in the account, by what they do. */
export const functionNames = byService(({ functionName }) => functionName);
/** Names of all log groups, by what writes to them. */
export const logGroupNames = pulumi.output({
  apiAccess: api.accessLogGroupName,
  saga: saga.logGroupName,
  functions: byService(({ logGroupName }) => logGroupName),
});

function byService(value: (lambda: (typeof functions)[number]) => pulumi.Output<string>) {
  return pulumi.all(Object.fromEntries(functions.map((lambda) => [lambda.service, value(lambda)])));
}
