import type { Release } from "../../clock";
import type { Feed } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

/**
 * The metrics of REST APIs, by ApiName and by ApiName and Stage. Errors are 1 or 0 for each request, so that their
 * average is the rate of errors.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
export function apiGatewayMetrics(feed: Feed, store: MetricStore): readonly Release[] {
  const record = recorder(store, "AWS/ApiGateway");
  return [
    feed.on("request", ({ api, stage, status, durationMs, integrationMs, timeMs }) => {
      if (api === undefined || stage === undefined || timeMs === undefined) return;
      for (const dimensions of [{ ApiName: api }, { ApiName: api, Stage: stage }]) {
        record("Count", dimensions, { timeMs, value: 1 });
        record("4XXError", dimensions, { timeMs, value: Number(status >= 400 && status < 500) });
        record("5XXError", dimensions, { timeMs, value: Number(status >= 500) });
        record("Latency", dimensions, { timeMs, value: durationMs, unit: "Milliseconds" });
        if (integrationMs === undefined) continue;
        record("IntegrationLatency", dimensions, { timeMs, value: integrationMs, unit: "Milliseconds" });
      }
    }),
  ];
}
