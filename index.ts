import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { AuditTrail } from "./components/auditTrail";
import { CustomerNotifications } from "./components/customerNotifications";
import { EventLog } from "./components/eventLog";
import { EventsBus } from "./components/eventsBus";
import { InventoryStore } from "./components/inventoryStore";
import { Observability } from "./components/observability";
import { OrderApi } from "./components/orderApi";
import { OrderLedger } from "./components/orderLedger";
import { OrderQueue } from "./components/orderQueue";
import { OrderReconciler } from "./components/orderReconciler";
import { OrderSaga } from "./components/orderSaga";
import { OrderStore } from "./components/orderStore";
import { PaymentGateway } from "./components/paymentGateway";
import { ReceiptStore } from "./components/receiptStore";
import { TenantLimits } from "./components/tenantLimits";
import { loadSettings } from "./settings";

const settings = loadSettings();
const { protectData, reserveConcurrency } = settings;
const logging = {
  level: settings.logLevel,
  debugSamplePercent: settings.debugLogSamplePercent,
  retentionDays: settings.logRetentionDays,
};

const orders = new OrderStore("orders", { protectData });
const inventory = new InventoryStore("inventory", { stockShards: settings.stockShards, protectData });
const payments = new PaymentGateway("payments", {
  failurePercent: settings.paymentFailurePercent,
  latencyMs: settings.paymentLatencyMs,
  protectData,
});
const receipts = new ReceiptStore("receipts", { retentionDays: settings.receiptRetentionDays, protectData });

// Every change of an order becomes an event.
const events = new EventsBus("events", { orders, archiveDays: settings.eventArchiveDays, logging });

// Whoever wants to know what happens to orders listens to the bus; no producer knows of them.
const eventLog = new EventLog("event-log", { events, which: settings.eventLog, logging });
const notifications = new CustomerNotifications("notifications", {
  events,
  orders,
  subscriberEmail: given(settings.notificationEmail),
  senderEmail: given(settings.notificationSender),
  reserveConcurrency,
  logging,
});
const trail = new AuditTrail("trail", { events, protectData, reserveConcurrency, logging });
const ledger = settings.ledger
  ? new OrderLedger("ledger", {
      ...{ orders, events, protectData, reserveConcurrency, logging },
      region: aws.config.requireRegion(),
      instances: protectData ? 2 : 1,
    })
  : undefined;

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
  reserveConcurrency,
  logging,
});

// A request becomes an order with one write; everything else follows from the table's stream. Tenants that are too fast
// are held back, and all of them while too many orders wait.
const limits = new TenantLimits("limits", {
  tenants: settings.tenants,
  burst: settings.tenantBurst,
  ratePerSecond: settings.tenantRatePerSecond,
});
const api = new OrderApi("api", {
  orders,
  inventory,
  trail,
  queue,
  limits,
  ledger,
  tenants: settings.tenants,
  authorization: settings.apiAuthorization,
  tenantRequests: {
    burst: settings.tenantRequestBurst,
    ratePerSecond: settings.tenantRequestsPerSecond,
    perMonth: settings.tenantRequestsPerMonth,
  },
  currency: settings.currency,
  dedupeIdenticalBodiesSeconds: settings.dedupeIdenticalBodiesSeconds,
  throttleBurst: settings.throttleBurst,
  throttleRate: settings.throttleRate,
  limiterFailsOpen: settings.limiterFailsOpen,
  backPressureDepth: settings.backPressureDepth,
  backPressureFailsOpen: settings.backPressureFailsOpen,
  manageApiGatewayAccount: settings.manageApiGatewayAccount,
  requestsPerAddress: settings.waf ? settings.wafRequestsPerAddress : undefined,
  logging,
});

// What is late is queued again, whatever held it up.
const { finalWithinSeconds } = settings;
const tenants = settings.tenants.map(({ name }) => name);
const reconciler = new OrderReconciler("reconciler", { orders, queue, tenants, finalWithinSeconds, logging });

const parts = [api, events, trail, notifications, saga, queue, reconciler, ...(ledger ? [ledger] : [])];
const functions = parts.flatMap((component) => component.functions);

// What all of this tells of itself: a dashboard, alarms that mail, and traces.
const observability = new Observability("observability", {
  ...{ api, events, queue, saga, reconciler, functions, ledger },
  consumers: [
    {
      title: "trail",
      whenGivenUp: "Events are missing in the audit trail: it could not take them in for an hour and a half.",
      queueMetrics: trail.queueMetrics,
      deadLetterMetrics: trail.deadLetterMetrics,
    },
    {
      title: "notifications",
      whenGivenUp: "Customers were not told how their orders ended: no attempt succeeded for an hour and a half.",
      queueMetrics: notifications.queueMetrics,
      deadLetterMetrics: notifications.deadLetterMetrics,
    },
    ...(ledger === undefined
      ? []
      : [
          {
            title: "ledger",
            whenGivenUp:
              "Rows of the ledger are behind their orders: it could not take events in for an hour and a half.",
            queueMetrics: ledger.queueMetrics,
            deadLetterMetrics: ledger.deadLetterMetrics,
          },
        ]),
  ],
  tables: [orders, inventory, payments, limits, trail, notifications].map(({ tableMetrics }) => tableMetrics),
  alarmEmail: given(settings.alarmEmail),
  thresholds: {
    queueAgeSeconds: settings.alarmQueueAgeSeconds,
    queueDepth: settings.alarmQueueDepth,
    relayAgeSeconds: settings.alarmRelayAgeSeconds,
    failurePercent: settings.alarmFailurePercent,
    failureMinOrders: settings.alarmFailureMinOrders,
    technicalFailures: settings.alarmTechnicalFailures,
    serverErrorPercent: settings.alarmServerErrorPercent,
    serverErrorMinRequests: settings.alarmServerErrorMinRequests,
    latencyP99Ms: settings.alarmLatencyP99Ms,
    latencyMinRequests: settings.alarmLatencyMinRequests,
    requeuedOrders: settings.alarmRequeuedOrders,
    throttles: settings.alarmThrottles,
    functionErrors: settings.alarmFunctionErrors,
    noOrdersMinutes: settings.alarmNoOrdersMinutes,
  },
  runbook: settings.runbookUrl,
  traceSamplePercent: settings.traceSamplePercent,
  traceFirstPerSecond: settings.traceFirstPerSecond,
});

export const apiUrl = api.url;
/** Each tenant's API key; none where requests are signed. */
export const apiKeys = api.apiKeys;
export const ordersTable = orders.tableName;
export const inventoryTable = inventory.tableName;
/** Over how many items the stock of a product is spread: `npm run seed` fills that many. */
export const stockShards = inventory.stockShards;
export const orderEventsTable = trail.tableName;
export const rateLimitsTable = limits.tableName;
export const paymentsTable = payments.tableName;
export const receiptsBucket = receipts.bucketName;
export const orderQueueUrl = queue.queueUrl;
export const deadLetterQueueUrl = queue.deadLetterUrl;
export const eventBusName = events.busName;
export const eventArchiveArn = events.archiveArn;
export const customerMessagesTopicArn = notifications.topicArn;
export const notificationsQueueUrl = notifications.queueUrl;
export const notificationsDeadLetterQueueUrl = notifications.deadLetterUrl;
export const relayFailureQueueUrl = events.relayFailuresUrl;
export const undeliveredEventsQueueUrl = events.undeliveredUrl;
export const reconcileFailureQueueUrl = reconciler.failedRunsUrl;
/** A consumer's queue and its dead letters: `npm run dead-letters` knows consumers by these two names. */
export const trailQueueUrl = trail.queueUrl;
export const trailDeadLetterQueueUrl = trail.deadLetterUrl;
export const stateMachineArn = saga.stateMachineArn;
export const dashboardName = observability.dashboardName;
export const alarmTopicArn = observability.alarmTopicArn;
/** Names of the alarms in the account, by what they are called in docs/runbook.md. */
export const alarmNames = observability.alarmNames;
/** Names of the functions in the account, by what they do. */
export const functionNames = byService(({ functionName }) => functionName);
/** Names of all log groups, by what writes to them. */
export const logGroupNames = pulumi.output({
  apiAccess: api.accessLogGroupName,
  saga: saga.logGroupName,
  events: eventLog.logGroupName,
  functions: byService(({ logGroupName }) => logGroupName),
});

// Exported by stacks that have them alone: Pulumi warns of every output that has no value.
if (settings.apiAuthorization === "IAM") {
  Object.assign(module.exports as object, {
    tenantRoles: Object.fromEntries(settings.tenants.map(({ name, roleArn }) => [name, roleArn])),
  });
}
if (ledger !== undefined) {
  Object.assign(module.exports as object, {
    ledgerQueueUrl: ledger.queueUrl,
    ledgerDeadLetterQueueUrl: ledger.deadLetterUrl,
    ledgerFailedRunsQueueUrl: ledger.failedRunsUrl,
    ledgerListFunctionName: ledger.listFunctionName,
  });
}

/** A setting that may be `none`. */
function given(value: string): string | undefined {
  return value === "none" ? undefined : value;
}

function byService(value: (lambda: (typeof functions)[number]) => pulumi.Output<string>) {
  return pulumi.all(Object.fromEntries(functions.map((lambda) => [lambda.service, value(lambda)])));
}
