import { textAt } from "../fields";
import { FUNCTION, LOG_GROUP } from "../resourceTypes";
import type { Neighbour, StackRule, StackView } from "../rule";

/** A group that Lambda makes by itself keeps its lines for ever, and a shared one mixes what different people may read. */
export const functionLogsToItsOwnGroup: StackRule = {
  name: "function-logs-to-its-own-group",
  what: "Every function logs to a group that the stack declares for it alone.",
  why: "A group that Lambda makes by itself keeps its lines for ever, and a shared one mixes what different people may read.",
  fix: "Set loggingConfig.logGroup to a log group of the function's own.",
  severity: "medium",
  controls: [],
  types: [FUNCTION],
  problemsAmong: (lambda, stack) => {
    const group = groupOf(lambda, stack);
    if (group === undefined) return "logs to no group of the stack.";
    const sharing = stack.ofType(FUNCTION).filter((other) => other !== lambda && groupOf(other, stack) === group);
    return sharing.length > 0 && `shares its log group with ${sharing.map(({ name }) => name).join(", ")}.`;
  },
};

function groupOf({ props, madeFrom }: Neighbour, stack: StackView): Neighbour | undefined {
  const made = madeFrom("loggingConfig").find(({ type }) => type === LOG_GROUP);
  if (made !== undefined) return made;
  const name = textAt(props, "loggingConfig", "logGroup") || `/aws/lambda/${textAt(props, "name")}`;
  return stack.ofType(LOG_GROUP).find((group) => textAt(group.props, "name") === name);
}
