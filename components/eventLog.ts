import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ENDINGS } from "../contracts/notification";
import { Component } from "./component";
import type { EventsBus } from "./eventsBus";
import type { Logging } from "./handlerFunction";
import { physicalName } from "./physicalName";

/** Settings of an {@link EventLog}. */
export interface EventLogArgs {
  readonly events: EventsBus;
  /** All of them, or those alone that say how an order ended. */
  readonly which: "every" | "endings";
  readonly logging: Logging;
}

/**
 * Events as lines in a log group, for searching by hand (CloudWatch Logs Insights). It forgets; the audit trail and
 * the archive are what remember.
 */
export class EventLog extends Component {
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, { events, which, logging }: EventLogArgs, opts?: pulumi.ComponentResourceOptions) {
    super("EventLog", name, opts);
    // EventBridge writes only to groups below /aws/events: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
    const group = new aws.cloudwatch.LogGroup(
      `${name}-group`,
      {
        name: `/aws/events/${physicalName("order-events", LOG_GROUP_NAME_MAX)}`,
        retentionInDays: logging.retentionDays,
      },
      { parent: this },
    );
    const rule = events.on("event-log", which === "every" ? which : ENDINGS);
    // A log group cannot name a role for its writer; a policy of the account lets EventBridge in, for this rule and group:
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
    const admitted = new aws.cloudwatch.LogResourcePolicy(
      `${name}-policy`,
      {
        policyName: physicalName("order-events", LOG_GROUP_NAME_MAX),
        policyDocument: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "EventBridgeWrites",
              Effect: "Allow",
              Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
              Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
              Resource: pulumi.interpolate`${group.arn}:*`,
              Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
            },
          ],
        }),
      },
      { parent: this },
    );
    rule.deliverTo({ arn: group.arn }, admitted);
    this.logGroupName = group.name;
    this.registerOutputs({ logGroupName: this.logGroupName });
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html, less the folder. */
const LOG_GROUP_NAME_MAX = 500;
