import { FUNCTION, STATE_MACHINE } from "../resourceTypes";
import type { Neighbour, StackRule, StackView } from "../rule";
import { watches } from "../watchedMetrics";

/** A function that fails at each call looks like one that nobody needs. */
export const functionErrorsAreWatched: StackRule = {
  name: "function-errors-are-watched",
  what: "Every function's failures set off an alarm: its own, or that of the state machine or queue that it works for.",
  why: "A function that fails at each call looks like one that nobody needs.",
  fix: "Put the function's metric Errors into an alarm.",
  severity: "high",
  controls: [],
  types: [FUNCTION],
  problemsAmong: (lambda, stack) => {
    if (watches(lambda, stack, { metricNames: ["Errors"], dimension: "FunctionName", by: "name" }).length > 0)
      return undefined;
    return !isWatchedTask(lambda, stack) && "can fail at each call without anybody being told.";
  },
};

const FAILED = ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"];

/** Tasks throw to refuse an order, so it is the executions that say when something is wrong. */
function isWatchedTask(lambda: Neighbour, stack: StackView): boolean {
  return stack
    .ofType(STATE_MACHINE)
    .filter((machine) => machine.madeFrom("definition").includes(lambda))
    .some(
      (machine) => watches(machine, stack, { metricNames: FAILED, dimension: "StateMachineArn", by: "arn" }).length > 0,
    );
}
