import { businessMetric } from "../businessMetric";
import type { HandlerFunction } from "../handlerFunction";
import type { OrderQueue } from "../orderQueue";
import type { OrderSaga } from "../orderSaga";
import { AT_ONCE, LASTING, sumOf, type AlarmDefinition } from "./alarmDefinition";
import type { AlarmThresholds } from "./alarmThresholds";

/** What is between an accepted order and its end. */
export interface Flow {
  readonly relay: HandlerFunction;
  readonly queue: OrderQueue;
  readonly saga: OrderSaga;
}

/** Symptoms of orders that wait, or fail by our fault. */
export function flowAlarms({ relay, queue, saga }: Flow, thresholds: AlarmThresholds): readonly AlarmDefinition[] {
  const symptom = { severity: "now", goesOff: "above", missing: "notBreaching", mail: "symptom" } as const;
  return [
    {
      ...{ id: "order-queue-age", ...symptom, ...LASTING },
      meaning:
        "The oldest order has waited in the queue for too long: its saga fails again and again, or nobody works.",
      firstStep: "Look at the errors of processOrder and of the state machine (npm run logs).",
      watched: queue.metrics.oldestAge(),
      threshold: thresholds.queueAgeSeconds,
    },
    {
      ...{ id: "order-queue-depth", ...symptom, ...LASTING },
      meaning: "Orders come faster than they are worked off. Above backPressureDepth new ones are refused.",
      firstStep: "See whether processOrder runs and is throttled (the rows 'order queue' and 'functions').",
      watched: queue.metrics.depth(),
      threshold: thresholds.queueDepth,
    },
    {
      ...{ id: "relay-age", ...symptom, ...LASTING },
      meaning:
        "Changes of orders are not published in time: new orders do not reach the queue, customers hear nothing.",
      firstStep: "Look at the errors of publishEvents (npm run logs) and at the health of EventBridge.",
      watched: relay.metricIteratorAge(),
      threshold: 1000 * thresholds.relayAgeSeconds,
    },
    {
      ...{ id: "technical-failures", ...symptom, ...AT_ONCE },
      meaning:
        "Orders failed by a fault of ours, or their sagas could not even undo; no customer declined, no stock ran out.",
      firstStep: "Find the failed step in the log of CancelOrder and of the state machine (npm run logs).",
      watched: sumOf(
        {
          failed: saga.metricFailed(),
          timedOut: saga.metricTimedOut(),
          aborted: saga.metricAborted(),
          faulted: businessMetric("OrderFaulted"),
        },
        "technical failures",
      ),
      threshold: thresholds.technicalFailures,
    },
    {
      ...{ id: "back-pressure", ...symptom, ...LASTING },
      meaning: "Orders are answered 503 because too many wait already.",
      firstStep: "Treat it as order-queue-depth: find out why the queue is not worked off.",
      watched: businessMetric("BackPressureApplied"),
      threshold: 0,
    },
    ...noOrders(thresholds),
  ];
}

/** A heartbeat: the metric comes with each order, and its absence is what is watched for. */
function noOrders({ noOrdersMinutes }: AlarmThresholds): readonly AlarmDefinition[] {
  if (noOrdersMinutes === 0) return [];
  return [
    {
      ...{ id: "no-orders", severity: "now", mail: "symptom" },
      meaning: `Not one order was accepted for ${noOrdersMinutes} minutes: nobody can order, or nobody reaches the API.`,
      firstStep: "Place an order yourself (README, 'Placing an order') and see what it is answered.",
      watched: businessMetric("OrderCreated"),
      goesOff: "below",
      threshold: 1,
      ...{ periodSeconds: 60, periods: noOrdersMinutes, of: noOrdersMinutes },
      missing: "breaching",
    },
  ];
}
