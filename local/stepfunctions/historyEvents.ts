/** Types of history events that the runtime writes: `<Type>StateEntered` and so on for each state type. */
export type EventType =
  | `Execution${"Started" | "Succeeded" | "Failed" | "TimedOut" | "Aborted"}`
  | `${"Task" | "Pass" | "Choice" | "Wait" | "Succeed"}State${"Entered" | "Exited"}`
  | "FailStateEntered"
  | `LambdaFunction${"Scheduled" | "Started" | "Succeeded" | "Failed" | "TimedOut"}`;

/**
 * Events that the level FATAL lets through.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-log-level
 */
export const FATAL_EVENTS: readonly EventType[] = ["ExecutionFailed", "ExecutionTimedOut", "ExecutionAborted"];

/** Events that the level ERROR lets through beside the fatal ones. */
export const ERROR_EVENTS: readonly EventType[] = [
  "FailStateEntered",
  "LambdaFunctionFailed",
  "LambdaFunctionTimedOut",
];
