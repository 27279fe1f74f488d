import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { ServiceRole } from "./serviceRole";
import { allow } from "./statements";

/**
 * The role with which API Gateway writes logs. There is one for all APIs of an account and region, and without
 * it no stage that logs can be made: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * It outlives this stack, because other APIs of the account log with it too.
 */
export class ApiGatewayAccount extends Component {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("ApiGatewayAccount", name, opts);
    const role = new ServiceRole(
      `${name}-logging`,
      {
        service: "apigateway.amazonaws.com",
        description: "What API Gateway may do to write logs",
        statements: [WRITING_LOGS],
      },
      { parent: this, retainOnDelete: true },
    );
    new aws.apigateway.Account(
      `${name}-account`,
      { cloudwatchRoleArn: role.arn },
      { parent: this, dependsOn: role.policy, retainOnDelete: true },
    );
    this.registerOutputs({});
  }
}

/** On everything, because it is for every API of the account, and for groups that are not there yet. */
const WRITING_LOGS = allow(
  [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "logs:GetLogEvents",
    "logs:FilterLogEvents",
  ],
  "*",
);
