import { isPublic, statementsOf } from "../policyDocument";
import { TOPIC_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever can publish on a topic can write to customers in the shop's name; whoever can subscribe reads their mail. */
export const topicIsNotPublic: ResourceRule = {
  name: "topic-is-not-public",
  what: "No topic policy lets everybody in.",
  why: "Whoever can publish on a topic can write to customers in the shop's name; whoever can subscribe reads their mail.",
  fix: "Name the principal, or narrow it with aws:SourceArn or aws:SourceAccount.",
  severity: "critical",
  controls: ["FSBP-SNS.4"],
  types: [TOPIC_POLICY],
  problems: ({ props }) =>
    statementsOf(props["policy"])
      .filter(isPublic)
      .map(({ actions }) => `lets everybody do ${actions.join(", ")}.`),
};
