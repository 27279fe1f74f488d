import type { HandlerFunction } from "../handlerFunction";
import type { Metric } from "../metric";
import type { TableMetrics } from "../tableMetrics";
import { AGAIN, alarmsOnSum, FIVE_MINUTES, LASTING, type AlarmDefinition } from "./alarmDefinition";
import type { AlarmThresholds } from "./alarmThresholds";

/** What can be too little, or break. */
export interface Capacity {
  /** Functions that an order passes through. */
  readonly onTheWay: readonly HandlerFunction[];
  /** Of these, the tasks of the saga, whose errors are answers too: they are watched as technical failures instead. */
  readonly tasks: readonly HandlerFunction[];
  readonly others: readonly HandlerFunction[];
  /** Executions that the state machine could not start at once. */
  readonly executions: Metric;
  readonly tables: readonly TableMetrics[];
}

/** Limits of the account that were met, and functions that fail which should not. */
export function capacityAlarms(
  { onTheWay, tasks, others, executions, tables }: Capacity,
  { throttles, functionErrors }: AlarmThresholds,
): readonly AlarmDefinition[] {
  const throttled = (lambda: HandlerFunction): Metric => lambda.metricThrottles();
  const fallible = [...onTheWay, ...others].filter((lambda) => !tasks.includes(lambda));
  const common = { goesOff: "above", missing: "notBreaching" } as const;
  const raise =
    "Compare the concurrency of all functions with the account's limit; ask AWS for more, or lower throttleRate.";
  return [
    ...alarmsOnSum([executions, ...onTheWay.map(throttled)], {
      ...{ id: "order-throttles", label: "refused calls", ...common, ...LASTING },
      meaning: "Lambda or Step Functions refuse calls on the way of an order: orders wait, and come back.",
      ...{ severity: "now", firstStep: raise, threshold: throttles, mail: "symptom" },
    }),
    ...alarmsOnSum(others.map(throttled), {
      ...{ id: "function-throttles", label: "refused calls", ...common, ...AGAIN },
      meaning: "Lambda refuses calls of functions beside the way of an order: queries, consumers of events, schedules.",
      ...{ severity: "today", firstStep: raise, threshold: throttles, mail: "unless orders stand" },
    }),
    ...alarmsOnSum(
      tables.flatMap((table) => table.throttles()),
      {
        ...{ id: "table-throttles", label: "refused reads and writes", ...common, ...AGAIN },
        meaning:
          "DynamoDB refuses reads or writes: one key is too hot, or a table grew too fast. They are tried again.",
        severity: "today",
        firstStep: "See which table it is on the dashboard, and whether it is the stock of one product.",
        ...{ threshold: throttles, mail: "unless orders stand" },
      },
    ),
    ...alarmsOnSum(
      fallible.map((lambda) => lambda.metricErrors()),
      {
        ...{ id: "function-errors", label: "failed invocations", ...common, ...FIVE_MINUTES },
        meaning: "Functions crash or run out of time that answer even bad input. What they were given comes again.",
        severity: "today",
        firstStep: "See which one it is on the dashboard (row 'functions'), and read its log (npm run logs).",
        ...{ threshold: functionErrors, mail: "unless orders stand" },
      },
    ),
  ];
}
