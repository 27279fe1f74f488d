import { isPublic, statementsOf } from "../policyDocument";
import { TABLE_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A table's own policy works across accounts: what it allows, others may without any permission of their own. */
export const tablePolicyLetsNobodyIn: ResourceRule = {
  name: "table-policy-lets-nobody-in",
  what: "No policy of a table allows anything to everybody.",
  why: "A table's own policy works across accounts: what it allows, others may without any permission of their own.",
  fix: "Name the principal.",
  severity: "critical",
  controls: [],
  types: [TABLE_POLICY],
  problems: ({ props }) =>
    statementsOf(props["policy"])
      .filter(isPublic)
      .map(({ actions }) => `lets everybody do ${actions.join(", ")}.`),
};
