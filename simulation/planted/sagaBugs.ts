import type { PlantedBug } from "./plantedBug";

/** Sabotages of the saga, of its rendering, and of the queue that starts it. */
export const SAGA_BUGS: readonly PlantedBug[] = [
  {
    id: "a-fault-is-undone-like-a-rejection",
    file: "sagas/builder/asl.ts",
    find: "undoFrom: this.undoAt(last), cause",
    replace: "undoFrom: this.undoAt(index - 1), cause",
    promise: "money",
    seeds: [24, 29],
  },
  {
    id: "a-failed-saga-settles-its-message",
    file: "handlers/processOrder.ts",
    find: 'if (status !== "SUCCEEDED")',
    replace: "if (status === undefined)",
    promise: "liveness",
    seeds: [7, 19],
  },
  {
    id: "an-execution-counts-as-succeeded-when-it-was-answered",
    file: "handlers/adapters/sagaRunner.ts",
    find: "return { status, ...(error !== undefined && { error }) };",
    replace: 'return { status: "SUCCEEDED" };',
    promise: "liveness",
    seeds: [19, 7],
  },
  {
    id: "the-saga-is-given-the-first-line-only",
    file: "handlers/processOrder.ts",
    find: "items: items.map(",
    replace: "items: items.slice(0, 1).map(",
    promise: "stock",
  },
  {
    id: "a-message-that-failed-is-settled",
    file: "handlers/entries/queueEntry.ts",
    find: "return false;",
    replace: "return true;",
    promise: "liveness",
    seeds: [7, 19],
  },
  {
    id: "a-batch-with-failures-is-settled-whole",
    file: "components/orderQueue.ts",
    find: 'functionResponseTypes: ["ReportBatchItemFailures"],',
    replace: "functionResponseTypes: [],",
    promise: "liveness",
    seeds: [7, 19],
  },
  {
    id: "the-queue-waits-for-another-event",
    file: "components/orderQueue.ts",
    find: '["OrderCreated"]',
    replace: '["InventoryReserved"]',
    promise: "liveness",
    seeds: [7, 19],
  },
];
