import { type PolicyStatement, statementsOf } from "../policyDocument";
import { MANAGED_POLICY, ROLE_POLICY } from "../resourceTypes";
import type { Chosen, ResourceRule } from "../rule";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const ACTIONS_WITHOUT_RESOURCES = [
  ...["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
  ...["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery"],
  ...["logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"],
];

/** On every resource means on those of every other team in the account too, with their data and their keys. */
export const rolePolicyNamesItsResources: ResourceRule = {
  name: "role-policy-names-its-resources",
  what: "Every policy of a role names the resources that it allows something on.",
  why: "On every resource means on those of every other team in the account too, with their data and their keys.",
  fix: "Name the resources. Where AWS offers none to name, list the action in the rule's setting.",
  severity: "high",
  controls: ["AwsSolutions-IAM5", "FSBP-KMS.1", "FSBP-KMS.2"],
  types: [ROLE_POLICY, MANAGED_POLICY],
  settings: {
    actionsWithoutResources: {
      type: "array",
      items: { type: "string" },
      default: ACTIONS_WITHOUT_RESOURCES,
      description: "Actions for which AWS offers no narrower resource than all.",
    },
  },
  problems: ({ props }, chosen) => statementsOf(props["policy"]).flatMap((statement) => problemsOf(statement, chosen)),
};

function problemsOf(
  { allows, actions, resources, negated }: PolicyStatement,
  { actionsWithoutResources }: Chosen,
): readonly (string | false)[] {
  if (!allows) return [];
  const open = resources.filter(namesEverything);
  const known = actionsWithoutResources as readonly string[];
  const narrowable = actions.filter((action) => !known.includes(action));
  return [
    open.length > 0 && narrowable.length > 0 && `allows ${narrowable.join(", ")} on ${open.join(", ")}.`,
    negated.includes("NotResource") && "allows on whatever it does not name (NotResource).",
  ];
}

/** Everything, or everything of one kind: `*`, `arn:aws:s3:::*`, `arn:aws:dynamodb:eu-central-1:1:table/*`. */
function namesEverything(resource: string): boolean {
  const name = resource.split(":").slice(5).join(":");
  return resource === "*" || /^([a-z-]+[/:])?\*/.test(name);
}
