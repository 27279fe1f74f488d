import type { PlantedBug } from "./plantedBug";

/** Sabotages of charging and refunding, in the handlers and in the gateway. */
export const MONEY_BUGS: readonly PlantedBug[] = [
  {
    id: "an-order-is-charged-as-often-as-it-is-asked-for",
    file: "handlers/adapters/simulatedPaymentGateway.ts",
    find: '"attribute_not_exists(#status)"',
    replace: '"attribute_not_exists(#status) OR attribute_exists(#status)"',
    promise: "money",
    seeds: [24, 29],
  },
  {
    id: "a-decline-is-taken-for-a-capture",
    file: "handlers/adapters/simulatedPaymentGateway.ts",
    find: "return existing === undefined ? decision : chargedBefore(existing, charge);",
    replace: 'return { outcome: "CAPTURED", transactionId: transactionOf(orderId) };',
    promise: "money",
  },
  {
    id: "a-void-leaves-no-mark-at-the-gateway",
    file: "handlers/adapters/simulatedPaymentGateway.ts",
    find: 'await book({ orderId, whenStatus: "NONE", sets: { status: "VOIDED" } });',
    replace: "{ booked: true };",
    promise: "money",
    seeds: [88, 124],
  },
  {
    id: "a-refund-is-made-as-often-as-it-is-asked-for",
    file: "handlers/adapters/simulatedPaymentGateway.ts",
    find: '"#status = :required"',
    replace: '"#status = :required OR #status = :status"',
    promise: "money",
    seeds: [38, 32],
  },
  {
    id: "a-refund-is-written-down-and-not-made",
    file: "handlers/refundPayment.ts",
    find: "await payments.refundOrVoid(orderId);",
    replace: '{ outcome: "REFUNDED" as const, transactionId: "txn-none" };',
    promise: "money",
    seeds: [2, 24],
  },
  {
    id: "a-charge-whose-answer-was-lost-is-kept",
    file: "handlers/refundPayment.ts",
    find: 'if (order.payment?.status === "REFUNDED" || order.payment?.status === "VOIDED") return;',
    replace: 'if (order.payment?.status !== "CAPTURED") return;',
    promise: "money",
    seeds: [5, 24],
  },
  {
    id: "a-customer-pays-a-hundred-times-the-price",
    file: "handlers/processPayment.ts",
    find: "payments.charge({ orderId, amountMinor, currency })",
    replace: "payments.charge({ orderId, amountMinor: amountMinor * 100, currency })",
    promise: "money",
  },
];
