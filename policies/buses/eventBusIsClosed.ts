import { isPublic, statementsOf } from "../policyDocument";
import { EVENT_BUS_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever can publish events makes orders look paid. */
export const eventBusIsClosed: ResourceRule = {
  name: "event-bus-is-closed",
  what: "No bus policy lets everybody in.",
  why: "Whoever can publish events makes orders look paid.",
  fix: "Name the principal.",
  severity: "critical",
  controls: ["AwsSolutions-EVB1"],
  types: [EVENT_BUS_POLICY],
  problems: ({ props }) =>
    statementsOf(props["policy"])
      .filter(isPublic)
      .map(({ actions }) => `lets everybody do ${actions.join(", ")}.`),
};
