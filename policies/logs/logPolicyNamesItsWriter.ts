import { statementsOf } from "../policyDocument";
import { LOG_RESOURCE_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Else anybody's rule, of any account, can write lines into this log, and hide what happened among them. */
export const logPolicyNamesItsWriter: ResourceRule = {
  name: "log-policy-names-its-writer",
  what: "A policy that lets a service write logs names the resource that it writes for.",
  why: "Else anybody's rule, of any account, can write lines into this log, and hide what happened among them.",
  fix: "Narrow the statement with aws:SourceArn or aws:SourceAccount.",
  severity: "medium",
  controls: [],
  types: [LOG_RESOURCE_POLICY],
  problems: ({ props }) =>
    statementsOf(props["policyDocument"] ?? props["policy"])
      .filter(
        ({ allows, conditions }) => allows && !conditions.some(({ key }) => /^aws:source(arn|account)$/i.test(key)),
      )
      .map(({ principals }) => `lets ${principals.join(", ")} write for anybody.`),
};
