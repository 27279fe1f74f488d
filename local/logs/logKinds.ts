import type { ResourceKind } from "../resource";

/** The ARN of a group, without the `:*` that the API adds in some answers. */
export function logGroupArn(region: string, accountId: string, name: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/** The log group and the policy that lets services write to groups. */
export const logKinds: readonly ResourceKind[] = [
  {
    type: "aws:cloudwatch/logGroup:LogGroup",
    honours: ["name", "namePrefix", "retentionInDays", "logGroupClass"],
    withoutLocalEffect: ["kmsKeyId", "skipDestroy", "deletionProtectionEnabled", "tags", "region"],
    outputs({ inputs, physicalName }, { region, accountId }) {
      const name = (inputs["name"] as string | undefined) ?? prefixed(inputs["namePrefix"], physicalName);
      return { id: name, name, arn: logGroupArn(region, accountId, name) };
    },
  },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    honours: ["policyName", "policyDocument"],
    withoutLocalEffect: ["region"],
    outputs({ inputs, physicalName }) {
      const policyName = (inputs["policyName"] as string | undefined) ?? physicalName;
      return { id: policyName, policyName };
    },
  },
];

function prefixed(prefix: unknown, physicalName: string): string {
  return typeof prefix === "string" ? `${prefix}${physicalName.slice(-7)}` : physicalName;
}
