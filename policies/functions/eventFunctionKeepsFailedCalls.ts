import { textAt } from "../fields";
import { EVENT_TARGET, FUNCTION } from "../resourceTypes";
import type { Neighbour, StackRule } from "../rule";

/** Lambda tries such a call three times within minutes, and then forgets it. */
export const eventFunctionKeepsFailedCalls: StackRule = {
  name: "event-function-keeps-failed-calls",
  what: "Every function that a rule or a schedule calls keeps the calls that failed for good.",
  why: "Lambda tries such a call three times within minutes, and then forgets it.",
  fix: "Set deadLetterConfig to a queue.",
  severity: "medium",
  controls: [],
  types: [FUNCTION],
  problemsAmong: (lambda, stack) => {
    const called = stack
      .ofType(EVENT_TARGET)
      .some((target) => target.madeFrom("arn").includes(lambda) || isCalled(target, lambda));
    const kept =
      lambda.madeFrom("deadLetterConfig").length > 0 || textAt(lambda.props, "deadLetterConfig", "targetArn") !== "";
    return called && !kept && "forgets what it failed to do.";
  },
};

function isCalled({ props, madeFrom }: Neighbour, lambda: Neighbour): boolean {
  return madeFrom("arn").length === 0 && textAt(props, "arn") === textAt(lambda.props, "arn");
}
