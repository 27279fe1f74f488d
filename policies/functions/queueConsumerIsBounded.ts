import { functionOf, queueOf } from "../consumers";
import { numberAt } from "../fields";
import { EVENT_SOURCE_MAPPING } from "../resourceTypes";
import type { StackRule } from "../rule";

/** A backlog would otherwise take all of the account's concurrency, and the API's functions would be refused. */
export const queueConsumerIsBounded: StackRule = {
  name: "queue-consumer-is-bounded",
  what: "Every consumer of a queue is bounded in how many batches it works on at once.",
  why: "A backlog would otherwise take all of the account's concurrency, and the API's functions would be refused.",
  fix: "Set scalingConfig.maximumConcurrency.",
  severity: "medium",
  controls: [],
  types: [EVENT_SOURCE_MAPPING],
  problemsAmong: (mapping, stack) => {
    if (queueOf(mapping, stack) === undefined) return undefined;
    const bound = numberAt(mapping.props, ["scalingConfig", "maximumConcurrency"], 0);
    const reserved = numberAt(functionOf(mapping, stack)?.props, ["reservedConcurrentExecutions"], -1);
    return bound === 0 && reserved < 0 && "takes as many batches at once as the account has room for.";
  },
};
