import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { archiveOf, type Bundle, bundle } from "./bundle";
import { sourceOf, type HandlerFactory, waitsForUpdate } from "./closure";
import { Component } from "./component";
import { Metric, type MetricSettings } from "./metric";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { ServiceRole } from "./serviceRole";
import { allow, type Statement, TRACING } from "./statements";

/** What is logged, and for how long it is kept. */
export interface Logging {
  /** The least severe level that is logged. */
  readonly level: "DEBUG" | "INFO" | "WARN" | "ERROR";
  /**
   * Of a hundred invocations, how many log every line, whatever the level.
   *
   * @default 0
   */
  readonly debugSamplePercent?: number;
  /** Days; one of the periods that CloudWatch Logs offers. */
  readonly retentionDays: number;
}

/** Where in a VPC a function has its network interfaces, and what it may reach from there. */
export interface VpcPlacement {
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  readonly securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** Settings of a {@link HandlerFunction}. */
export interface HandlerFunctionArgs {
  /**
   * Name of the handler. With project and stack it is the function's name in the account, and it is the
   * service in its logs and metrics.
   */
  readonly service: string;
  /** What the function does, for whoever finds it in the console. */
  readonly description: string;
  /**
   * Makes the handler, once per cold start. May capture Outputs (`name.get()` inside yields the value) and
   * plain values; imports what it needs with `await import("../handlers/….js")`.
   */
  readonly factory: HandlerFactory;
  /**
   * What the handler is told in its environment, under names in capitals: what differs from place to place though the
   * code is the same, such as addresses. No secrets: whoever may describe the function reads them.
   *
   * @default nothing
   */
  readonly environment?: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the handler may do in the account, beside writing its logs and traces. */
  readonly statements: readonly Statement[];
  /** Seconds after which Lambda ends an invocation, 1 to 900. */
  readonly timeoutSeconds: number;
  /**
   * Memory in MB, 128 to 10,240. Computing power grows with it, so less can be slower and no cheaper.
   *
   * @default 512
   */
  readonly memoryMb?: number;
  /**
   * The queue that keeps what the function was called with asynchronously and failed to do: Lambda tries such a
   * call three times within three minutes and then forgets it. Only for functions that events or schedules call.
   *
   * @default none
   */
  readonly failedEvents?: aws.sqs.Queue;
  /**
   * The network that the function stands in; of the services of AWS it then reaches those that the network leads to.
   *
   * @default none: the function reaches everything
   */
  readonly vpc?: VpcPlacement;
  /**
   * Invocations at once that the account keeps free for this function, and that it never exceeds; 1 to 1000.
   *
   * @default none: the function shares what the account has left
   */
  readonly reservedConcurrency?: number | undefined;
  readonly logging: Logging;
}

/**
 * A Lambda function made of an inline closure, with a role that may do only what `statements` say, and
 * a log group that forgets.
 */
export class HandlerFunction extends Component {
  /** Name of the handler. */
  readonly service: string;
  /** Name of the function in the account. */
  readonly functionName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** What an API calls the function by. */
  readonly invokeArn: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  /** Changes with the code, and only then. */
  readonly codeHash: pulumi.Output<string>;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("HandlerFunction", name, opts);
    const { memoryMb = 512 } = args;
    const { debugSamplePercent = 0 } = args.logging;
    check(name, args, memoryMb);
    const functionName = physicalName(args.service, FUNCTION_NAME_MAX);

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: `/aws/lambda/${functionName}`, retentionInDays: args.logging.retentionDays },
      { parent: this },
    );
    const role = new ServiceRole(
      name,
      {
        physicalName: functionName,
        service: "lambda.amazonaws.com",
        description: `What the function ${functionName} may do`,
        statements: [
          ...args.statements,
          ...canKeepFailed(args.failedEvents),
          canWriteLogs(logGroup),
          TRACING,
          ...inVpc(args),
        ],
      },
      { parent: this },
    );
    const bundled = bundleOf(name, args.factory);
    const lambda = new aws.lambda.Function(
      `${name}-function`,
      {
        name: functionName,
        description: args.description,
        runtime: aws.lambda.Runtime.NodeJS24dX,
        architectures: ["arm64"],
        handler: "index.handler",
        code: bundled.apply(archiveOf),
        role: role.arn,
        timeout: args.timeoutSeconds,
        memorySize: memoryMb,
        tracingConfig: { mode: "Active" },
        ...(args.vpc && { vpcConfig: args.vpc }),
        ...(args.reservedConcurrency !== undefined && { reservedConcurrentExecutions: args.reservedConcurrency }),
        ...(args.failedEvents === undefined ? {} : { deadLetterConfig: { targetArn: args.failedEvents.arn } }),
        loggingConfig: {
          logFormat: "JSON",
          logGroup: logGroup.name,
          // Lambda drops what is below this level, and metrics (EMF) are lines of level INFO. The function itself keeps
          // to the level that is wanted.
          applicationLogLevel: args.logging.level === "DEBUG" || debugSamplePercent > 0 ? "DEBUG" : "INFO",
          // Lambda's own two lines about an invocation that went well are longer than ours, and metrics say the same.
          systemLogLevel: args.logging.level === "DEBUG" ? "INFO" : "WARN",
        },
        environment: { variables: { ...telemetryVariables(args), ...args.environment } },
      },
      { parent: this, dependsOn: [role.policy, logGroup] },
    );

    this.service = args.service;
    this.functionName = lambda.name;
    this.arn = lambda.arn;
    this.invokeArn = lambda.invokeArn;
    this.logGroupName = logGroup.name;
    this.roleArn = role.arn;
    this.codeHash = bundled.apply(({ code }) => createHash("sha256").update(code).digest("hex"));
    this.registerOutputs({ functionName: this.functionName, arn: this.arn, logGroupName: this.logGroupName });
  }

  /** Calling the function. */
  canInvoke(): Statement {
    return allow(["lambda:InvokeFunction"], this.arn);
  }

  /** Invocations that threw or ran out of time. A task of the saga that refuses an order throws too. */
  metricErrors(): Metric {
    return this.metric({ name: "Errors", statistic: "Sum", unit: "count" });
  }

  /** Invocations that Lambda refused because too many ran at once. */
  metricThrottles(): Metric {
    return this.metric({ name: "Throttles", statistic: "Sum", unit: "count" });
  }

  metricDuration(): Metric {
    return this.metric({ name: "Duration", statistic: "p95", unit: "ms" });
  }

  metricConcurrency(): Metric {
    return this.metric({ name: "ConcurrentExecutions", statistic: "Maximum", unit: "count" });
  }

  /** How old the last record of a batch was when the function got it; only of a function that reads a stream. */
  metricIteratorAge(): Metric {
    return this.metric({ name: "IteratorAge", statistic: "Maximum", unit: "ms" });
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  private metric(settings: Omit<MetricSettings, "namespace" | "dimensions" | "label">): Metric {
    const dimensions = { FunctionName: this.functionName };
    return new Metric({ namespace: "AWS/Lambda", dimensions, label: this.service, ...settings });
  }
}

/** Unknown in a preview while the closure waits for an Output: a bundle without its value would be of other code. */
function bundleOf(name: string, factory: HandlerFactory): pulumi.Output<Bundle> {
  const bundled = sourceOf(name, factory).then((source) => (waitsForUpdate(source) ? pulumi.unknown : bundle(source)));
  return pulumi.output(bundled) as pulumi.Output<Bundle>;
}

/** The namespace of every business metric. */
export const METRICS_NAMESPACE = "OrderingSystem";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html; a role's name has the same limit. */
const FUNCTION_NAME_MAX = 64;

/** What the handler's logs and metrics are told. */
function telemetryVariables({ service, logging }: HandlerFunctionArgs): Record<string, string> {
  return {
    POWERTOOLS_SERVICE_NAME: service,
    POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    POWERTOOLS_LOG_LEVEL: logging.level,
    DEBUG_LOG_SAMPLE_PERCENT: String(logging.debugSamplePercent ?? 0),
  };
}

function check(name: string, args: HandlerFunctionArgs, memoryMb: number): void {
  const { service, timeoutSeconds, reservedConcurrency = 1, logging } = args;
  refuse("HandlerFunction", name, [
    !/^[a-zA-Z][a-zA-Z0-9]*$/.test(service) && `service must be letters and digits, not "${service}"`,
    outside("timeoutSeconds", timeoutSeconds, [1, 900]),
    outside("memoryMb", memoryMb, [128, 10_240]),
    outside("reservedConcurrency", reservedConcurrency, [1, 1000]),
    outside("logging.debugSamplePercent", logging.debugSamplePercent ?? 0, [0, 100]),
  ]);
}

/**
 * Making, finding and giving up network interfaces, for which AWS offers nothing narrower than all of them:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
const INTERFACES: Statement = allow(
  [
    ...(["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"] as const),
    ...["ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
  ],
  "*",
);

function inVpc({ vpc }: HandlerFunctionArgs): Statement[] {
  return vpc === undefined ? [] : [INTERFACES];
}

/** Lambda sends with the function's own role: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function canKeepFailed(queue: aws.sqs.Queue | undefined): Statement[] {
  return queue === undefined ? [] : [allow(["sqs:SendMessage"], queue.arn)];
}

/** The group exists already, so a function need not be able to create one, which would never forget. */
function canWriteLogs(group: aws.cloudwatch.LogGroup): Statement {
  return allow(["logs:CreateLogStream", "logs:PutLogEvents"], pulumi.interpolate`${group.arn}:*`);
}
