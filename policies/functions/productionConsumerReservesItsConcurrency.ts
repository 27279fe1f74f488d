import { functionOf, queueOf } from "../consumers";
import { numberAt } from "../fields";
import { EVENT_SOURCE_MAPPING } from "../resourceTypes";
import type { StackRule } from "../rule";

/** Whatever else the account runs may use up the rest; orders that are accepted must still be worked on. */
export const productionConsumerReservesItsConcurrency: StackRule = {
  name: "production-consumer-reserves-its-concurrency",
  what: "In production every consumer of a queue has its concurrency reserved.",
  why: "Whatever else the account runs may use up the rest; orders that are accepted must still be worked on.",
  fix: "Set reservedConcurrentExecutions of the function to the mapping's maximumConcurrency, or more.",
  severity: "medium",
  controls: [],
  types: [EVENT_SOURCE_MAPPING],
  inProductionOnly: true,
  problemsAmong: (mapping, stack) => {
    if (queueOf(mapping, stack) === undefined) return undefined;
    const wanted = numberAt(mapping.props, ["scalingConfig", "maximumConcurrency"], 1);
    const reserved = numberAt(functionOf(mapping, stack)?.props, ["reservedConcurrentExecutions"], -1);
    return reserved < wanted && `may need ${wanted} at once and has ${Math.max(reserved, 0)} reserved.`;
  },
};
