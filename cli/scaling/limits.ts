import { ordersPerSecond } from "./contention";
import { EVENTS_A_REQUEST, FUNCTION_TIMES, ORDER_UNITS, PROD } from "./orderUnits";
import { QUOTAS } from "./quotas";

/** Whose orders a limit counts. */
export type Scope = "stack" | "tenant" | "product";

/** Something that bounds the orders of a second. */
export interface Limit {
  readonly what: string;
  readonly scope: Scope;
  /** Orders a second that it takes. */
  readonly orders: number;
  /** How that is computed. */
  readonly because: string;
  /** What to change, and what that brings. */
  readonly change: string;
}

/** What a transaction of the saga takes within a region, and how often it is tried (handlers/adapters/contention.ts). */
export const HOT_PRODUCT = { transactionMs: 15, tries: 6 } as const;

/** Every limit of a stack with prod's settings, the tightest first. */
export function limits(stockShards: number = PROD.stockShards): readonly Limit[] {
  return [...settings(stockShards), ...functionLimits(), ...tables(), ...events()].sort(
    (one, other) => one.orders - other.orders,
  );
}

function settings(stockShards: number): readonly Limit[] {
  const product = ordersPerSecond({ shards: stockShards, ...HOT_PRODUCT });
  return [
    {
      ...{ what: "stock of one product", scope: "product", orders: product },
      because: `stockShards = ${stockShards}; of 1,000 orders one meets others six times, and the saga tries it again`,
      change: "`stockShards`, to 100",
    },
    {
      ...{ what: "rate of a tenant", scope: "tenant", orders: PROD.tenantRatePerSecond },
      because: "tenantRatePerSecond",
      change: "`tenantRatePerSecond`, to 1,000; `tenantRequestsPerSecond` with it",
    },
    {
      ...{ what: "rate of the API", scope: "stack", orders: PROD.throttleRate / ORDER_UNITS.apiRequests },
      because: "throttleRate; the order queue's consumers follow it",
      change: "`throttleRate` and `throttleBurst`, to 10,000 and 5,000",
    },
  ];
}

function functionLimits(): readonly Limit[] {
  const busy = Object.values(FUNCTION_TIMES).reduce((sum, { seconds, calls }) => sum + seconds * calls, 0);
  const consumed = (service: keyof typeof FUNCTION_TIMES, consumers: number): number =>
    consumers / (FUNCTION_TIMES[service].seconds * FUNCTION_TIMES[service].calls);
  const { value: most } = QUOTAS.queueConsumers;
  const { concurrency, messagesInFlight } = QUOTAS;
  const eventConsumers = (what: string, service: keyof typeof FUNCTION_TIMES): Limit => ({
    ...{ what, scope: "stack", orders: consumed(service, PROD.consumersOfEvents) },
    because: `${PROD.consumersOfEvents} batches at once; late, not lost`,
    change: "`maximumConcurrency` of the consumer (`components/eventConsumer.ts`), to 1,000",
  });
  return [
    {
      ...{ what: "Lambda concurrency", scope: "stack", orders: concurrency.value / busy },
      because: `${Math.round(busy * 1000)} ms of functions an order, of ${count(concurrency.value)} at once`,
      change: "quota; and `reserveConcurrency` for the queues' share",
    },
    eventConsumers("audit trail's consumers", "recordEvent"),
    eventConsumers("notifications' consumers", "notifyCustomer"),
    {
      ...{ what: "order queue's consumers", scope: "stack", orders: consumed("processOrder", most) },
      because: `${count(most)} batches of ten at once`,
      change: "none in a stack; another stack",
    },
    {
      what: "messages in flight, order queue",
      ...{ scope: "stack", orders: messagesInFlight.value / FUNCTION_TIMES.processOrder.seconds },
      because: `${FUNCTION_TIMES.processOrder.seconds * 1000} ms each`,
      change: "quota",
    },
  ];
}

function tables(): readonly Limit[] {
  const { tableWrites, newTableWrites, keyWrites } = QUOTAS;
  const { writes, pendingKeyWrites } = ORDER_UNITS;
  const full = Object.entries(writes).map(([table, units]): Limit => ({
    ...{ what: `table ${table}`, scope: "stack", orders: tableWrites.value / units },
    because: `${units} write units of ${count(tableWrites.value)}`,
    change: "quota",
  }));
  return [
    ...full,
    {
      ...{ what: "table orders, new", scope: "stack", orders: newTableWrites.value / writes.orders },
      because: `${writes.orders} write units of ${count(newTableWrites.value)}; doubles within 30 minutes of load`,
      change: "warm throughput of the tables, before a launch",
    },
    {
      ...{ what: "PENDING orders of a tenant", scope: "tenant", orders: keyWrites.value / pendingKeyWrites },
      because: `${pendingKeyWrites} entries under one key of the index by status`,
      change: "code: a suffix to `statusKey` (`contracts/orderRecord.ts`); or two tenants",
    },
    {
      ...{ what: "limiter of a tenant", scope: "tenant", orders: keyWrites.value / writes["rate-limits"] },
      because: "one write of its item",
      change: "none; two tenants",
    },
  ];
}

function events(): readonly Limit[] {
  const { apiRequests, putEvents, ruleInvocations, prefixPuts } = QUOTAS;
  const requests = ORDER_UNITS.events / EVENTS_A_REQUEST;
  const sent = ORDER_UNITS.ruleMatches + ORDER_UNITS.archived;
  return [
    {
      ...{ what: "API Gateway, account", scope: "stack", orders: apiRequests.value / ORDER_UNITS.apiRequests },
      because: "1 request; every look at an order is another",
      change: "quota",
    },
    {
      ...{ what: "EventBridge PutEvents", scope: "stack", orders: putEvents.value / requests },
      because: `${requests} requests of ${count(putEvents.value)}, with full ones; 4 at little load`,
      change: "quota, or a Region with 10,000",
    },
    {
      ...{ what: "EventBridge rules", scope: "stack", orders: ruleInvocations.value / sent },
      because: `${sent} events sent on, ${ORDER_UNITS.archived} of them to the archive; late, not lost`,
      change: "quota, or a Region with 18,750",
    },
    {
      ...{ what: "S3 prefix of a month's receipts", scope: "stack", orders: prefixPuts.value / ORDER_UNITS.receipts },
      because: "`receipts/{yyyy}/{mm}/` is one prefix until S3 splits it",
      change: "code: a hash before the month (`contracts/receipt.ts`)",
    },
  ];
}

/** A whole number as people write it. */
export function count(value: number): string {
  return Math.floor(value).toLocaleString("en-US");
}
