import type { AlarmThresholds } from "../alarms/alarmThresholds";
import { serverErrorRate } from "../alarms/apiAlarms";
import { ledgerRows } from "../alarms/ledgerAlarms";
import { failureRate } from "../alarms/outcomeAlarms";
import { businessMetric } from "../businessMetric";
import type { HandlerFunction } from "../handlerFunction";
import type { Metric } from "../metric";
import type { Watched } from "../watched";
import type { Graph, Row } from "./widget";

/** Lines that say how things went. */
const [GOOD, AMBER, BAD] = ["#2ca02c", "#ff9900", "#d13212"] as const;

type GraphSettings = Omit<Graph, "kind" | "title" | "metrics">;

/** The whole dashboard, from what customers notice down to what causes it. */
export function dashboardRows(watched: Watched, thresholds: AlarmThresholds): readonly Row[] {
  return [
    { heading: "Alarms", widgets: [{ kind: "alarms", title: "What is wrong now", width: 24, height: 4 }] },
    orders(thresholds),
    api(watched, thresholds),
    saga(watched, thresholds),
    orderQueue(watched, thresholds),
    admission(watched, thresholds),
    consumers(watched),
    functions(watched.functions, thresholds),
    tables(watched, thresholds),
  ];
}

function graph(title: string, metrics: Graph["metrics"], rest: GraphSettings = {}): Graph {
  return { kind: "graph", title, metrics, ...rest };
}

function alarmAbove(value: number): Pick<Graph, "thresholds"> {
  return { thresholds: [{ label: "alarm above", value }] };
}

function orders(thresholds: AlarmThresholds): Row {
  const named = (...names: readonly Parameters<typeof businessMetric>[0][]) => names.map(businessMetric);
  return {
    heading: "Orders: accepted, confirmed, failed, and what they are worth",
    widgets: [
      graph("Orders accepted and how they ended", [
        businessMetric("OrderCreated"),
        businessMetric("OrderConfirmed").with({ colour: GOOD }),
        businessMetric("OrderFailed").with({ colour: BAD }),
      ]),
      graph("Steps: stock and payment", [
        ...named("InventoryReserved", "InventoryReleased", "PaymentProcessed", "PaymentFailed", "PaymentRefunded"),
        ...named("ReceiptIssued"),
      ]),
      graph("Failed orders of a hundred", failureRate(thresholds), {
        ...alarmAbove(thresholds.failurePercent),
        periodSeconds: 300,
      }),
      graph("Orders that failed by our own fault", named("OrderFaulted"), alarmAbove(thresholds.technicalFailures)),
      graph("Revenue and units sold", named("OrderRevenue"), {
        right: named("UnitsSold"),
        periodSeconds: 300,
      }),
      graph("Orders announced to the rest of the company", named("OrderPlacedEventEmitted")),
    ],
  };
}

function api({ api }: Watched, thresholds: AlarmThresholds): Row {
  const quarter = { width: 6 };
  const latency = (statistic: "p50" | "p95" | "p99") => api.metricLatency().with({ statistic, label: statistic });
  const refusals = [api.metricClientErrors().with({ colour: AMBER }), api.metricServerErrors().with({ colour: BAD })];
  return {
    heading: "API: what callers notice",
    widgets: [
      graph("Requests", [api.metricRequests()], quarter),
      graph("Time to an answer", [latency("p50"), latency("p95"), latency("p99")], {
        ...quarter,
        ...alarmAbove(thresholds.latencyP99Ms),
      }),
      graph("Refusals and faults", refusals, quarter),
      graph("Faults of a hundred answers", serverErrorRate(api, thresholds), {
        ...{ ...quarter, periodSeconds: 300 },
        ...alarmAbove(thresholds.serverErrorPercent),
      }),
    ],
  };
}

function saga({ saga }: Watched, { throttles }: AlarmThresholds): Row {
  const duration = (statistic: "p50" | "p95" | "p99") => saga.metricDuration().with({ statistic, label: statistic });
  return {
    heading: "Saga: one execution for each try at an order",
    widgets: [
      graph("Executions and how they ended", [
        ...[saga.metricStarted(), saga.metricSucceeded().with({ colour: GOOD })],
        saga.metricFailed().with({ colour: BAD }),
        ...[saga.metricTimedOut(), saga.metricAborted()],
      ]),
      graph("Time of an execution", [duration("p50"), duration("p95"), duration("p99")]),
      graph("Executions held back by Step Functions", [saga.metricThrottled()], alarmAbove(throttles)),
    ],
  };
}

function orderQueue({ queue, events, reconciler }: Watched, thresholds: AlarmThresholds): Row {
  const { metrics, deadLetterMetrics } = queue;
  const processed = [businessMetric("OrderProcessed"), businessMetric("OrderProcessingFailed")];
  return {
    heading: "Order queue: from the event to the saga",
    widgets: [
      graph("Messages sent, received and done", [metrics.sent(), metrics.received(), metrics.deleted()]),
      graph("Orders that wait and that are worked on", [metrics.depth(), metrics.inFlight()], {
        ...alarmAbove(thresholds.queueDepth),
      }),
      graph("Age of the oldest order", [metrics.oldestAge()], alarmAbove(thresholds.queueAgeSeconds)),
      graph("Orders carried to an end, and tries that failed", processed),
      graph("How far the relay is behind", [events.relay.metricIteratorAge()], {
        ...alarmAbove(1000 * thresholds.relayAgeSeconds),
      }),
      graph(
        "Given up, waiting for a hand",
        [
          deadLetterMetrics.depth().with({ label: "orders" }),
          events.relayFailureMetrics.depth().with({ label: "changes not published" }),
          events.undeliveredMetrics.depth().with({ label: "events not delivered" }),
          reconciler.failedRunsMetrics.depth().with({ label: "runs of reconcileOrders" }),
        ],
        alarmAbove(0),
      ),
    ],
  };
}

function admission({ ledger }: Watched, { requeuedOrders }: AlarmThresholds): Row {
  const refused = [businessMetric("RateLimited"), businessMetric("BackPressureApplied")];
  const blind = [businessMetric("LimiterUnavailable"), businessMetric("QueueDepthUnavailable")];
  return {
    heading: "Limits, back pressure and what was late",
    widgets: [
      graph("Orders refused because of a limit", refused),
      graph("Admissions without knowledge of a limit", blind, alarmAbove(0)),
      graph("Late orders that were queued again", [businessMetric("OrdersRequeued")], {
        ...alarmAbove(requeuedOrders),
      }),
      ...(ledger === undefined ? [] : [graph("Rows of the ledger without a partition", [ledgerRows()], alarmAbove(0))]),
    ],
  };
}

function consumers({ events, consumers }: Watched): Row {
  const each = (pick: (one: Watched["consumers"][number]) => Metric): readonly Metric[] =>
    consumers.map((consumer) => pick(consumer).with({ label: consumer.title }));
  return {
    heading: "Consumers of events",
    widgets: [
      graph("Deliveries by rule", events.metricDeliveries()),
      graph("Events that a rule could not deliver", events.metricUndelivered(), alarmAbove(0)),
      graph(
        "Age of the oldest event",
        each(({ queueMetrics }) => queueMetrics.oldestAge()),
      ),
      graph(
        "Events given up",
        each(({ deadLetterMetrics }) => deadLetterMetrics.depth()),
        alarmAbove(0),
      ),
      graph("Audit trail", [businessMetric("EventRecorded"), businessMetric("EventContradicted")]),
      graph("Customers told", [businessMetric("CustomerNotified"), businessMetric("CustomerNotificationFailed")]),
    ],
  };
}

function functions(all: readonly HandlerFunction[], { throttles }: AlarmThresholds): Row {
  const half = { width: 12, height: 8, legend: "right" } as const;
  return {
    heading: "Functions",
    widgets: [
      graph(
        "Time that 95 of 100 invocations take less than",
        all.map((one) => one.metricDuration()),
        half,
      ),
      graph(
        "Invocations that failed (tasks of the saga refuse orders this way)",
        all.map((one) => one.metricErrors()),
        half,
      ),
      graph(
        "Calls refused by Lambda",
        all.map((one) => one.metricThrottles()),
        { ...half, ...alarmAbove(throttles) },
      ),
      graph(
        "Invocations at the same time",
        all.map((one) => one.metricConcurrency()),
        half,
      ),
    ],
  };
}

function tables({ tables }: Watched, { throttles }: AlarmThresholds): Row {
  const half = { width: 12, height: 8, legend: "right" } as const;
  const refused = tables.flatMap((table) => table.throttles());
  return {
    heading: "Tables",
    widgets: [
      graph("Reads and writes refused by DynamoDB", refused, { ...half, ...alarmAbove(throttles) }),
      graph(
        "Transactions that met another write",
        tables.flatMap((table) => table.conflicts()),
        half,
      ),
    ],
  };
}
