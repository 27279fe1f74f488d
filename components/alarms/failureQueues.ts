import type { Watched, WatchedConsumer } from "../watched";
import { lookAtLetters, type FailureQueue } from "./letterAlarms";

/** Every queue of the stack that keeps what was given up. */
export function failureQueues({ queue, events, reconciler, consumers, ledger }: Watched): readonly FailureQueue[] {
  return [
    {
      id: "order-dead-letters",
      meaning: "Orders failed so often that the queue gave them up. They stay PENDING until somebody replays them.",
      severity: "now",
      firstStep: lookAtLetters("orders"),
      metrics: queue.deadLetterMetrics,
    },
    {
      id: "relay-failures",
      meaning:
        "Changes of orders could not be published for an hour and were given up. The table's stream keeps them for 24 " +
        "hours from when they were made: after that the events are lost, the orders are not.",
      severity: "now",
      firstStep: lookAtLetters("relay"),
      metrics: events.relayFailureMetrics,
    },
    {
      id: "undelivered-events",
      meaning: "A rule of the bus could not deliver events within a day, or its target refuses them.",
      severity: "now",
      firstStep: lookAtLetters("events"),
      metrics: events.undeliveredMetrics,
    },
    {
      id: "reconcile-failures",
      meaning: "Runs of reconcileOrders failed three times. Later runs find the same orders, if they do not fail too.",
      severity: "today",
      firstStep: lookAtLetters("runs"),
      metrics: reconciler.failedRunsMetrics,
    },
    ...consumers.map(ofConsumer),
    ...(ledger === undefined
      ? []
      : [
          {
            id: "ledger-maintenance-failures",
            meaning: "Runs of the ledger's maintenance failed for good. Three months may pass before one is missed.",
            severity: "today" as const,
            firstStep: "Read the log of maintainPartitions (npm run logs); the next daily run tries again.",
            metrics: ledger.failedRunsMetrics,
          },
        ]),
  ];
}

/** All consumers share a section of the runbook: what to do is the same. */
function ofConsumer({ title, whenGivenUp, deadLetterMetrics }: WatchedConsumer): FailureQueue {
  return {
    ...{ id: `${title}-dead-letters`, section: "consumer-dead-letters", meaning: whenGivenUp, severity: "today" },
    firstStep: lookAtLetters(title),
    metrics: deadLetterMetrics,
  };
}
