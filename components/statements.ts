import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** One permission: exactly these actions on exactly these resources. */
export interface Statement {
  /** For example `dynamodb:PutItem`. */
  readonly actions: readonly [string, ...string[]];
  /** ARNs. `"*"` only where AWS offers nothing narrower; say so where it is used. */
  readonly resources: readonly pulumi.Input<string>[];
}

/** Allows `actions` on `resources`. */
export function allow(actions: Statement["actions"], ...resources: pulumi.Input<string>[]): Statement {
  return { actions, resources };
}

/** The policy document of a role that may do what the statements say, and nothing else. */
export function policyOf(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources }) => ({ Effect: "Allow", Action: actions, Resource: resources })),
  });
}

/** The trust policy of a role that only this AWS service assumes, for example `lambda.amazonaws.com`. */
export function trustOf(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}

/**
 * Sending trace segments. X-Ray has no resources to name:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
export const TRACING: Statement = allow(
  ["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
  "*",
);

/** A role for one AWS service, and the policy that holds everything it may do. */
export class ServiceRole {
  readonly arn: pulumi.Output<string>;
  /** Whatever calls AWS with the role must wait for it: a role is useless before it has its policy. */
  readonly policy: aws.iam.RolePolicy;

  constructor(
    name: string,
    args: {
      readonly physicalName?: string;
      readonly service: string;
      readonly description: string;
      readonly statements: readonly Statement[];
    },
    opts: pulumi.CustomResourceOptions,
  ) {
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        ...(args.physicalName === undefined ? {} : { name: args.physicalName }),
        description: args.description,
        assumeRolePolicy: trustOf(args.service),
      },
      opts,
    );
    this.policy = new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: policyOf(args.statements) }, opts);
    this.arn = role.arn;
  }
}
