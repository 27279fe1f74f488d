import { queueMappings } from "../consumers";
import { numberAt, parsed } from "../fields";
import { QUEUE } from "../resourceTypes";
import type { StackRule } from "../rule";

/** AWS's own advice: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const queueTriesOftenEnough: StackRule = {
  name: "queue-tries-often-enough",
  what: "A queue that is read in batches gives a message up after five receives at the earliest.",
  why: "A delivery that Lambda throttles counts as a receive, so that with fewer a short throttle makes dead letters of good messages.",
  fix: "Set maxReceiveCount to 5 or more.",
  severity: "medium",
  controls: [],
  types: [QUEUE],
  settings: {
    fewestReceives: { type: "integer", default: 5, description: "Receives that a message gets at least." },
  },
  problemsAmong: (queue, stack, { fewestReceives }) => {
    const batches = queueMappings(stack, queue).some(({ props }) => numberAt(props, ["batchSize"], 10) > 1);
    if (!batches || queue.props["redrivePolicy"] === undefined) return undefined;
    const receives = numberAt(parsed(queue.props["redrivePolicy"]), ["maxReceiveCount"], 0);
    return receives < Number(fewestReceives) && `gives a message up after ${receives} receives.`;
  },
};
