import { isPublic, statementsOf } from "../policyDocument";
import { QUEUE_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever can send to a queue can place orders; whoever can receive from it makes them vanish. */
export const queueIsNotPublic: ResourceRule = {
  name: "queue-is-not-public",
  what: "No queue policy lets everybody in.",
  why: "Whoever can send to a queue can place orders; whoever can receive from it makes them vanish.",
  fix: "Name the principal, or narrow it with aws:SourceArn.",
  severity: "critical",
  controls: ["FSBP-SQS.3"],
  types: [QUEUE_POLICY],
  problems: ({ props }) =>
    statementsOf(props["policy"])
      .filter(isPublic)
      .map(({ actions }) => `lets everybody do ${actions.join(", ")}.`),
};
