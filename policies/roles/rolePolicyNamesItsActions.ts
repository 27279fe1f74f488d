import { type PolicyStatement, statementsOf } from "../policyDocument";
import { MANAGED_POLICY, ROLE_POLICY } from "../resourceTypes";
import type { Chosen, ResourceRule } from "../rule";

/** `s3:*` allows what AWS will add next year, and nobody has looked at. */
export const rolePolicyNamesItsActions: ResourceRule = {
  name: "role-policy-names-its-actions",
  what: "Every policy of a role names each action that it allows.",
  why: "`s3:*` allows what AWS will add next year, and nobody has looked at.",
  fix: "Name the actions; list one that must have a wildcard in the rule's setting.",
  severity: "high",
  controls: ["AwsSolutions-IAM5", "FSBP-IAM.1", "FSBP-IAM.21"],
  types: [ROLE_POLICY, MANAGED_POLICY],
  settings: {
    wildcards: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Actions with a wildcard that may be allowed, as they stand in the policy.",
    },
  },
  problems: ({ props }, chosen) => statementsOf(props["policy"]).flatMap((statement) => problemsOf(statement, chosen)),
};

function problemsOf({ allows, actions, negated }: PolicyStatement, { wildcards }: Chosen): readonly (string | false)[] {
  if (!allows) return [];
  const open = actions.filter((action) => action.includes("*") && !(wildcards as readonly string[]).includes(action));
  return [
    open.length > 0 && `allows ${open.join(", ")}.`,
    negated.includes("NotAction") && "allows whatever it does not name (NotAction).",
  ];
}
