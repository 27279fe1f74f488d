/** When alarms go off; settings of the stack, each explained in Pulumi.yaml. */
export interface AlarmThresholds {
  /** Age of the oldest message in the order queue. */
  readonly queueAgeSeconds: number;
  /** Messages that wait in the order queue. */
  readonly queueDepth: number;
  /** How far behind the relay is. */
  readonly relayAgeSeconds: number;
  /** Failed orders of a hundred that came to an end, in five minutes with at least so many. */
  readonly failurePercent: number;
  readonly failureMinOrders: number;
  /** Orders in a minute that failed by a fault of ours. */
  readonly technicalFailures: number;
  /** Answers of a hundred from 500 on, in five minutes with at least so many requests. */
  readonly serverErrorPercent: number;
  readonly serverErrorMinRequests: number;
  /** What 99 of 100 requests take less than, in five minutes with at least so many. */
  readonly latencyP99Ms: number;
  readonly latencyMinRequests: number;
  /** Orders in five minutes that had to be queued again. */
  readonly requeuedOrders: number;
  /** Calls in a minute that were refused because there were too many. */
  readonly throttles: number;
  /** Invocations in five minutes that failed, of functions that should not. */
  readonly functionErrors: number;
  /** Minutes without an order; 0: silence is normal. */
  readonly noOrdersMinutes: number;
}
