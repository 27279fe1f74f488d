import { parseArn } from "../../arn";
import type { Release } from "../../clock";
import type { Feed, FeedEvents } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

type Execution = FeedEvents["execution"];

const ENDS: Readonly<Partial<Record<Execution["what"], string>>> = {
  succeeded: "ExecutionsSucceeded",
  failed: "ExecutionsFailed",
  timedOut: "ExecutionsTimedOut",
};

/** Executions whose start is remembered; an Express workflow ends after five minutes at most. */
const MOST_RUNNING = 10_000;

/**
 * The metrics of state machines, by StateMachineArn. Executions are aborted only when the runtime stops, which nobody
 * measures any more: there is no ExecutionsAborted.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function statesMetrics(feed: Feed, store: MetricStore): readonly Release[] {
  const record = recorder(store, "AWS/States");
  const startedMs = new Map<string, number>();
  return [
    feed.on("execution", ({ executionArn, what, timeMs }) => {
      const dimensions = { StateMachineArn: stateMachineArn(executionArn) };
      if (what === "started") {
        startedMs.set(executionArn, timeMs);
        const oldest = startedMs.size > MOST_RUNNING ? startedMs.keys().next().value : undefined;
        if (oldest !== undefined) startedMs.delete(oldest);
        // AWS records a 1 and then a 0 for each start: sums are right, counts of samples are not.
        for (const value of [1, 0]) record("ExecutionsStarted", dimensions, { timeMs, value });
      }
      const end = ENDS[what];
      if (end === undefined) return;
      record(end, dimensions, { timeMs, value: 1 });
      const beganMs = startedMs.get(executionArn);
      if (beganMs === undefined) return;
      startedMs.delete(executionArn);
      record("ExecutionTime", dimensions, { timeMs, value: timeMs - beganMs, unit: "Milliseconds" });
    }),
  ];
}

/** `…:express:NAME:execution:id` to `…:stateMachine:NAME`. */
function stateMachineArn(executionArn: string): string {
  const { region, accountId, resource } = parseArn(executionArn);
  return `arn:aws:states:${region}:${accountId}:stateMachine:${resource.split(":")[1] ?? ""}`;
}
