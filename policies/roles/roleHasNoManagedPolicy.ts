import { listAt } from "../fields";
import { ROLE, ROLE_POLICY_ATTACHMENT } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Such a policy is made for everybody: it allows more than one function needs, on every resource, and changes without a word. */
export const roleHasNoManagedPolicy: ResourceRule = {
  name: "role-has-no-managed-policy",
  what: "No role has a policy that AWS manages.",
  why: "Such a policy is made for everybody: it allows more than one function needs, on every resource, and changes without a word.",
  fix: "Write the few statements that the role needs in a policy of its own; list one that must stay in the rule's setting.",
  severity: "high",
  controls: ["AwsSolutions-IAM4"],
  types: [ROLE, ROLE_POLICY_ATTACHMENT],
  settings: {
    managedPolicies: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "ARNs of policies of AWS that roles may have.",
    },
  },
  problems: ({ props }, { managedPolicies }) => {
    const attached = [...listAt(props, "managedPolicyArns"), ...listAt(props, "policyArn")].map(String);
    const managed = attached.filter((arn) => /^arn:[^:]*:iam::aws:policy\//.test(arn));
    const refused = managed.filter((arn) => !(managedPolicies as readonly string[]).includes(arn));
    return refused.length > 0 && `has ${refused.join(", ")}.`;
  },
};
