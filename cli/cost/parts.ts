/** The parts of the system by which an order's bill is shown, in the order of its way. */
export const PARTS = {
  accept: "accepting it",
  orders: "its item and indexes",
  relay: "publishing its events",
  queue: "its queue and consumer",
  saga: "the saga",
  traces: "traces",
  eventLog: "the log of events",
  archive: "the archive of events",
  receipt: "the receipt",
  trail: "the audit trail",
  notification: "telling the customer",
} as const;

export type Part = keyof typeof PARTS;

/** Accepting an order, its saga and the event of its end: what the system that was replaced did as well. */
export const SAME_WORK: readonly Part[] = ["accept", "orders", "relay", "queue", "saga", "traces", "eventLog"];

/** Of which units (absent: of any), and by which names, resources belong to a part. */
interface Belonging {
  readonly part: Part;
  readonly units?: readonly string[];
  readonly name?: RegExp;
}

/** The first that fits counts. */
const BELONGINGS: readonly Belonging[] = [
  { part: "traces", units: ["trace"] },
  { part: "archive", units: ["archiveByte"] },
  { part: "relay", units: ["event"] },
  { part: "receipt", units: ["s3Write", "s3Read"] },
  { part: "notification", units: ["snsRequest", "snsMail", "sesMail"] },
  { part: "accept", units: ["apiRequest", "wafRequest"] },
  { part: "accept", name: /^sqs:GetQueueAttributes$/ },
  { part: "queue", units: ["sqsRequest"], name: /-orders$|^sqs:/ },
  { part: "orders", units: ["writeUnit", "readUnit"], name: /-orders(\/|$)/ },
  { part: "eventLog", name: /^\/aws\/events\// },
  { part: "accept", name: /-createOrder$|-rate-limits$|\/access$/ },
  { part: "relay", name: /-publishEvents$|-relay-failures$/ },
  { part: "queue", name: /-processOrder$|-reconcileOrders$/ },
  { part: "receipt", name: /-(IssueReceipt|VoidReceipt)$/ },
  { part: "trail", name: /-(recordEvent|record-event|order-events)$/ },
  { part: "notification", name: /-(notifyCustomer|notify-customer|consumed-events)$/ },
];

/** The part that a line of the bill belongs to; what is of no other is the saga's. `resource` is as the meter names it. */
export function partOf(unit: string, resource: string): Part {
  const found = BELONGINGS.find(({ units, name }) => (units?.includes(unit) ?? true) && (name?.test(resource) ?? true));
  return found?.part ?? "saga";
}
