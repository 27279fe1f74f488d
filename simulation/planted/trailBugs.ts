import type { PlantedBug } from "./plantedBug";

/** Sabotages of the events, and of the relay that brings them from the table's stream to the bus. */
export const TRAIL_BUGS: readonly PlantedBug[] = [
  {
    id: "an-event-has-a-new-id-at-every-publication",
    file: "contracts/eventsOf.ts",
    find: "`${order.orderId}#${order.version}#${type}`",
    replace: "`${order.orderId}#${order.version}#${type}#${Math.random()}`",
    promise: "trail",
  },
  {
    id: "two-changes-of-an-order-share-an-event-id",
    file: "contracts/eventsOf.ts",
    find: "`${order.orderId}#${order.version}#${type}`",
    replace: "`${order.orderId}#1#${type}`",
    promise: "trail",
  },
  {
    id: "nobody-hears-that-stock-was-given-back",
    file: "contracts/eventsOf.ts",
    find: "before?.reserved === true && !after.reserved",
    replace: 'before?.reserved === true && after.stage === "FAILED"',
    promise: "trail",
  },
  {
    id: "every-change-tells-of-a-new-order",
    file: "contracts/eventsOf.ts",
    find: "(before === undefined ?",
    replace: "(before?.version !== 0 ?",
    promise: "trail",
  },
  {
    id: "an-event-tells-cents-for-euros",
    file: "contracts/eventsOf.ts",
    find: "totalAmount: toDecimal(amountMinor, currency),",
    replace: "totalAmount: amountMinor,",
    promise: "trail",
  },
  {
    id: "the-stream-shows-no-change-as-it-was-before",
    file: "components/orderStore.ts",
    find: 'streamViewType: "NEW_AND_OLD_IMAGES",',
    replace: 'streamViewType: "NEW_IMAGE",',
    promise: "trail",
  },
  {
    id: "events-are-lost-while-the-bus-is-away",
    file: "handlers/adapters/eventBus.ts",
    find: "return [...entries.keys()];",
    replace: "return [];",
    promise: "trail",
    seeds: [24],
  },
  {
    id: "the-relay-forgets-which-change-failed",
    file: "handlers/publishEvents.ts",
    find: "return firstFailed === undefined ? {} : { failedAt: firstFailed };",
    replace: "return {};",
    promise: "trail",
    seeds: [24],
  },
  {
    id: "the-stream-goes-on-past-a-change-that-failed",
    file: "handlers/entries/streamEntry.ts",
    find: "if (failedAt === undefined) return { batchItemFailures: [] };",
    replace: "if (failedAt !== -1) return { batchItemFailures: [] };",
    promise: "trail",
    seeds: [24],
  },
  {
    id: "the-relay-takes-every-batch-for-done",
    file: "components/eventsBus.ts",
    find: 'functionResponseTypes: ["ReportBatchItemFailures"],',
    replace: "functionResponseTypes: [],",
    promise: "trail",
    seeds: [24],
  },
];
