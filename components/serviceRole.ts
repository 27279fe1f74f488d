import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyOf, type Statement } from "./statements";

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

/** The trust policy of a role that only this AWS service assumes, for example `lambda.amazonaws.com`. */
function trustOf(service: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
}
