import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { HandlerFunction, type HandlerFunctionArgs } from "./handlerFunction";
import { physicalName } from "./physicalName";
import { QueueMetrics } from "./queueMetrics";
import { failureQueue } from "./queueDefaults";

/** Settings of a {@link ScheduledFunction}; its factory makes the handler with `scheduleEntry`. */
export interface ScheduledFunctionArgs extends Omit<HandlerFunctionArgs, "failedEvents"> {
  /** Names the rule and the queue of failed runs, with project and stack. Lower-case letters, digits and hyphens. */
  readonly scheduleName: string;
  /** For example `rate(1 day)`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
  readonly schedule: string;
}

/** A function that runs by the clock, at least once each time, and a queue that keeps the runs that failed for good. */
export class ScheduledFunction extends Component {
  readonly failedRunsUrl: pulumi.Output<string>;
  readonly run: HandlerFunction;
  readonly failedRunsMetrics: QueueMetrics;

  constructor(name: string, args: ScheduledFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ScheduledFunction", name, opts);
    const { scheduleName, schedule, ...does } = args;
    const rule = new aws.cloudwatch.EventRule(
      `${name}-schedule`,
      {
        name: physicalName(scheduleName, RULE_NAME_MAX),
        description: `Runs ${does.service}`,
        scheduleExpression: schedule,
      },
      { parent: this },
    );
    const failedRuns = failureQueue(
      `${name}-failed-runs`,
      {
        queueName: `${scheduleName}-failures`,
        senders: [{ service: "events.amazonaws.com", arn: rule.arn }],
      },
      { parent: this },
    );
    this.run = new HandlerFunction(name, { ...does, failedEvents: failedRuns }, { parent: this });
    const admitted = new aws.lambda.Permission(
      `${name}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: this.run.functionName,
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      `${name}-target`,
      {
        rule: rule.name,
        arn: this.run.arn,
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
        deadLetterConfig: { arn: failedRuns.arn },
      },
      { parent: this, dependsOn: admitted },
    );
    this.failedRunsUrl = failedRuns.url;
    this.failedRunsMetrics = new QueueMetrics(failedRuns.name);
    this.registerOutputs({ failedRunsUrl: this.failedRunsUrl });
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const RULE_NAME_MAX = 64;
