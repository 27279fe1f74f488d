import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { EVENT_SOURCE, type OrderEventType } from "../contracts/events";
import { Component } from "./component";
import { Metric } from "./metric";
import { physicalName } from "./physicalName";

/** Settings of an {@link OrderEventRule}. */
export interface OrderEventRuleArgs {
  /** With project and stack, the rule's name in the account. */
  readonly ruleName: string;
  readonly busName: pulumi.Input<string>;
  /** The types of event that match; `"every"` takes those that come with later versions as well. */
  readonly detailTypes: readonly [OrderEventType, ...OrderEventType[]] | "every";
  /** The queue that keeps what could not be delivered. */
  readonly undeliveredArn: pulumi.Input<string>;
}

/** A target that takes events. */
export interface EventTarget {
  readonly arn: pulumi.Input<string>;
  /**
   * JSONPath of the part of the event that is delivered.
   *
   * @default the whole event
   */
  readonly inputPath?: string;
}

/** Picks events from the bus and delivers them, at least once and in no order. */
export class OrderEventRule extends Component {
  /** Who delivers; a target's own policy must allow it. */
  readonly arn: pulumi.Output<string>;
  private readonly ruleName: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: OrderEventRuleArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("OrderEventRule", name, opts);
    const rule = new aws.cloudwatch.EventRule(
      `${name}-rule`,
      {
        name: physicalName(args.ruleName, RULE_NAME_MAX),
        description: `Delivers ${args.detailTypes === "every" ? "every event of an order" : args.detailTypes.join(", ")}`,
        eventBusName: args.busName,
        eventPattern: JSON.stringify({
          source: [EVENT_SOURCE],
          ...(args.detailTypes !== "every" && { "detail-type": args.detailTypes }),
        }),
      },
      { parent: this },
    );
    this.arn = rule.arn;
    this.ruleName = rule.name;
    this.registerOutputs({ arn: this.arn });
  }

  metricDeliveries(): Metric {
    return this.count("Invocations");
  }

  /** Events that are in the queue of the undelivered, because their target took none of the attempts. */
  metricUndelivered(): Metric {
    return this.count("InvocationsSentToDlq");
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html; reported only when they are not zero. */
  private count(name: string): Metric {
    const dimensions = { EventBusName: this.args.busName, RuleName: this.ruleName };
    const label = this.args.ruleName;
    return new Metric({ namespace: "AWS/Events", name, dimensions, statistic: "Sum", unit: "count", label });
  }

  /**
   * Delivers matching events to a target. `ready` is what must stand before the first delivery, such as
   * the policy that lets the rule in: a delivery that is not permitted is not tried again
   * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html).
   */
  deliverTo({ arn, inputPath }: EventTarget, ready: pulumi.Resource): void {
    new aws.cloudwatch.EventTarget(
      `${this.name}-target`,
      {
        eventBusName: this.args.busName,
        rule: this.ruleName,
        arn,
        ...(inputPath === undefined ? {} : { inputPath }),
        // EventBridge's own limits, said aloud: a day, then the event is kept in the queue of the undelivered.
        retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
        deadLetterConfig: { arn: this.args.undeliveredArn },
      },
      { parent: this, dependsOn: ready },
    );
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const RULE_NAME_MAX = 64;
