import type { Release } from "../../clock";
import type { Feed } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

/**
 * The metrics of functions, by FunctionName. Those of an invocation carry the time at which it began.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function lambdaMetrics(feed: Feed, store: MetricStore): readonly Release[] {
  const record = recorder(store, "AWS/Lambda");
  const count = (name: string, functionName: string, timeMs: number): void =>
    record(name, { FunctionName: functionName }, { timeMs, value: 1 });
  return [
    feed.on("invocation", ({ functionName, startedMs: timeMs, durationMs, concurrency, error }) => {
      const dimensions = { FunctionName: functionName };
      count("Invocations", functionName, timeMs);
      record("Errors", dimensions, { timeMs, value: error === undefined ? 0 : 1 });
      record("Duration", dimensions, { timeMs, value: durationMs, unit: "Milliseconds" });
      record("Throttles", dimensions, { timeMs, value: 0 });
      if (concurrency !== undefined) record("ConcurrentExecutions", dimensions, { timeMs, value: concurrency });
    }),
    feed.on("throttle", ({ functionName, timeMs }) => count("Throttles", functionName, timeMs)),
    feed.on("asyncCall", ({ functionName, what, timeMs }) => count(ASYNC[what], functionName, timeMs)),
    feed.on("streamBatch", ({ functionName, ageMs, timeMs }) => {
      record("IteratorAge", { FunctionName: functionName }, { timeMs, value: ageMs, unit: "Milliseconds" });
    }),
  ];
}

const ASYNC = { received: "AsyncEventsReceived", dropped: "AsyncEventsDropped", lost: "DeadLetterErrors" } as const;
