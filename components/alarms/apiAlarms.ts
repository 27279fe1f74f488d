import { businessMetric } from "../businessMetric";
import type { MetricMath } from "../metric";
import type { OrderApi } from "../orderApi";
import { AGAIN, FIVE_MINUTES, sumOf, type AlarmDefinition } from "./alarmDefinition";
import type { AlarmThresholds } from "./alarmThresholds";

/** Answers from 500 on, of a hundred, where there are enough requests to speak of. */
export function serverErrorRate(api: OrderApi, { serverErrorMinRequests }: AlarmThresholds): MetricMath {
  return {
    metrics: { errors: api.metricServerErrors(), requests: api.metricRequests() },
    expression: `IF(requests >= ${serverErrorMinRequests}, 100 * errors / requests, 0)`,
    label: "answers from 500 on, %",
  };
}

/** What 99 of 100 requests take less than, where there are enough to speak of: of a few, one cold start is the slowest. */
function latency(api: OrderApi, { latencyMinRequests }: AlarmThresholds): MetricMath {
  return {
    metrics: { latency: api.metricLatency(), requests: api.metricRequests() },
    expression: `IF(requests >= ${latencyMinRequests}, latency, 0)`,
    label: "99 of 100 requests take less than, ms",
  };
}

/** What callers of the API notice. */
export function apiAlarms(api: OrderApi, thresholds: AlarmThresholds): readonly AlarmDefinition[] {
  const { serverErrorPercent, latencyP99Ms } = thresholds;
  const always = { goesOff: "above", missing: "notBreaching" } as const;
  return [
    {
      ...{ id: "api-errors", ...always, ...FIVE_MINUTES },
      meaning: `More than ${serverErrorPercent} % of requests are answered with a fault of ours.`,
      severity: "now",
      firstStep: "Look for the errors of createOrder and answerQueries (npm run logs), then at the tables' throttles.",
      watched: serverErrorRate(api, thresholds),
      threshold: serverErrorPercent,
      mail: "symptom",
    },
    {
      ...{ id: "api-latency", ...always },
      meaning: "One request of a hundred takes longer than it should.",
      severity: "today",
      firstStep: "See whether cold starts, the tables or the limiter take the time (a trace of a slow request).",
      watched: latency(api, thresholds),
      threshold: latencyP99Ms,
      ...{ periodSeconds: 300, periods: 2, of: 3 },
      mail: "unless orders stand",
    },
    {
      ...{ id: "admission-blind", ...always, ...AGAIN },
      meaning:
        "The limits of tenants or the depth of the queue are not known when orders come in: as the settings say, all " +
        "orders are let in, or all are refused.",
      severity: "today",
      firstStep: "Look for the warnings of createOrder (npm run logs): they name the call that fails.",
      watched: sumOf(
        { limiter: businessMetric("LimiterUnavailable"), depth: businessMetric("QueueDepthUnavailable") },
        "admissions without knowledge",
      ),
      threshold: 0,
      mail: "unless orders stand",
    },
  ];
}
