/**
 * What a confirmed order of two lines uses when many are on their way, so that batches are full. Counts are the meter's
 * (`npm run cost`), held against a running pipeline by tests/cli/scaling/orderUnits.test.ts.
 */
export const ORDER_UNITS = {
  apiRequests: 1,
  /** Write units by table, and by index of a table. */
  writes: {
    orders: 5,
    "orders/status-createdAt-index": 3,
    "orders/userId-createdAt-index": 1,
    inventory: 4,
    payments: 1,
    "order-events": 4,
    "consumed-events": 2,
    "rate-limits": 1,
  },
  events: 4,
  /** Events that the rules send on: to the order queue, the trail, the notifications and the log of endings. */
  ruleMatches: 7,
  /** The archive is fed by a rule of AWS's own; nothing says that it does not count. */
  archived: 4,
  receipts: 1,
  /** Of the three entries in the index by status, those under the tenant's PENDING: one that comes, one that goes. */
  pendingKeyWrites: 2,
} as const;

/** Entries of a request of PutEvents, when there are so many to send. */
export const EVENTS_A_REQUEST = 10;

/** How long a call of a function takes, and for how many orders it is made. */
export interface FunctionTime {
  /** Measured on one machine with an order alone; on AWS, metric Duration has your own. */
  readonly seconds: number;
  /** Calls for an order, with full batches. */
  readonly calls: number;
}

/** By service. */
export const FUNCTION_TIMES = {
  createOrder: { seconds: 0.061, calls: 1 },
  ReserveInventory: { seconds: 0.032, calls: 1 },
  ProcessPayment: { seconds: 0.042, calls: 1 },
  IssueReceipt: { seconds: 0.025, calls: 1 },
  ConfirmOrder: { seconds: 0.059, calls: 1 },
  // Waits for the sagas of its batch of ten, side by side.
  processOrder: { seconds: 0.178, calls: 1 / 10 },
  // Four changes of a hundred in a batch, which are ten requests of 13 ms, one after the other.
  publishEvents: { seconds: 0.13, calls: 4 / 100 },
  recordEvent: { seconds: 0.032, calls: 4 / 10 },
  notifyCustomer: { seconds: 0.049, calls: 1 / 10 },
} as const satisfies Readonly<Record<string, FunctionTime>>;

/** Settings of stack prod that bound its orders; checked against the stack by the same test. */
export const PROD = { throttleRate: 400, tenantRatePerSecond: 200, stockShards: 1, consumersOfEvents: 5 } as const;
