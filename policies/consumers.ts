import { textAt } from "./fields";
import { EVENT_SOURCE_MAPPING, FUNCTION, QUEUE } from "./resourceTypes";
import type { Neighbour, StackView } from "./rule";

/** The queue that a mapping reads; none when it reads a stream. */
export function queueOf(mapping: Neighbour, stack: StackView): Neighbour | undefined {
  const sources = mapping.madeFrom("eventSourceArn");
  if (sources.length > 0) return sources.find(({ type }) => type === QUEUE);
  return stack.ofType(QUEUE).find(({ props }) => named(props["arn"], mapping.props["eventSourceArn"]));
}

/** The function that a mapping calls. */
export function functionOf(mapping: Neighbour, stack: StackView): Neighbour | undefined {
  const called = mapping.madeFrom("functionName").find(({ type }) => type === FUNCTION);
  if (called !== undefined) return called;
  const name = textAt(mapping.props, "functionName");
  return stack.ofType(FUNCTION).find(({ props }) => named(props["name"], name) || named(props["arn"], name));
}

/** The mappings that read a queue, or any queue. */
export function queueMappings(stack: StackView, queue?: Neighbour): readonly Neighbour[] {
  return stack.ofType(EVENT_SOURCE_MAPPING).filter((mapping) => {
    const read = queueOf(mapping, stack);
    return read !== undefined && (queue === undefined || read === queue);
  });
}

function named(own: unknown, given: unknown): boolean {
  return typeof own === "string" && own !== "" && own === given;
}
