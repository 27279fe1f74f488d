import { parsed, textAt } from "./fields";
import { EVENT_SOURCE_MAPPING, EVENT_TARGET, FUNCTION, QUEUE } from "./resourceTypes";
import type { Neighbour, StackView } from "./rule";

/** The queue that gets what this one gave up. Follows dependencies first, because a preview knows no ARN. */
export function deadLettersOf(queue: Neighbour, stack: StackView): readonly Neighbour[] {
  const referred = queue.madeFrom("redrivePolicy").filter(({ type }) => type === QUEUE);
  if (referred.length > 0) return referred;
  const policy = textAt(queue.props, "redrivePolicy");
  if (policy === "") return [];
  const target = textAt(parsed(policy), "deadLetterTargetArn");
  return stack.ofType(QUEUE).filter(({ props }) => textAt(props, "arn") === target);
}

/** The queues whose dead letters this one gets. */
export function sourcesOf(queue: Neighbour, stack: StackView): readonly Neighbour[] {
  return stack.ofType(QUEUE).filter((source) => deadLettersOf(source, stack).includes(queue));
}

/** Whether failures end in the queue: of a queue, of a function's asynchronous calls, of a stream's reader, or of a rule. */
export function isFailureQueue(queue: Neighbour, stack: StackView): boolean {
  if (sourcesOf(queue, stack).length > 0) return true;
  const senders = stack.ofType(FUNCTION, EVENT_SOURCE_MAPPING, EVENT_TARGET);
  return senders.some((sender) =>
    ["deadLetterConfig", "destinationConfig"].some((property) => {
      const made = sender.madeFrom(property);
      return made.length > 0 ? made.includes(queue) : names(sender.props[property], queue);
    }),
  );
}

function names(destination: unknown, queue: Neighbour): boolean {
  if (destination === undefined) return false;
  const arn = textAt(queue.props, "arn");
  const named = [
    ...["targetArn", "arn"].map((key) => textAt(destination, key)),
    textAt(destination, "onFailure", "destinationArn"),
  ];
  return arn !== "" && named.includes(arn);
}
