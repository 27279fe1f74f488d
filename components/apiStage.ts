import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ApiGatewayAccount } from "./apiGatewayAccount";
import { Component } from "./component";

/** Settings of an {@link ApiStage}. */
export interface ApiStageArgs {
  readonly api: aws.apigateway.RestApi;
  /** The document that the API was made from: a change of it is a new deployment. */
  readonly body: pulumi.Output<string>;
  readonly stageName: string;
  /** Requests that are taken at once, over all callers, before the gateway answers 429. */
  readonly throttleBurst: number;
  /** Requests a second, over all callers. */
  readonly throttleRate: number;
  /** Days that the gateway's logs are kept. */
  readonly logRetentionDays: number;
  /** Whether to set the account's role for the gateway's logs; see {@link ApiGatewayAccount}. */
  readonly manageAccount: boolean;
}

/** One published state of an API: deployment, stage, throttle, and two logs (each request, and what went wrong inside). */
export class ApiStage extends Component {
  readonly stageName: pulumi.Output<string>;
  /** Where the API is called, without a slash at the end. */
  readonly invokeUrl: pulumi.Output<string>;
  readonly accessLogGroupName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ApiStageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ApiStage", name, opts);
    const { api, stageName } = args;
    const accessLog = this.logGroup(`${name}-access`, pulumi.interpolate`/aws/apigateway/${api.name}/access`, args);
    // The gateway would make this group by itself, and keep it for ever.
    const executionLog = this.logGroup(
      `${name}-execution`,
      pulumi.interpolate`API-Gateway-Execution-Logs_${api.id}/${stageName}`,
      args,
    );
    const account = args.manageAccount ? [new ApiGatewayAccount(name, { parent: this })] : [];

    const deployment = new aws.apigateway.Deployment(
      `${name}-deployment`,
      { restApi: api.id, triggers: { body: args.body.apply(hash) } },
      { parent: this },
    );
    const stage = new aws.apigateway.Stage(
      `${name}-stage`,
      {
        restApi: api.id,
        deployment: deployment.id,
        stageName,
        accessLogSettings: { destinationArn: accessLog.arn, format: JSON.stringify(ACCESS_LOG) },
        xrayTracingEnabled: true,
      },
      { parent: this, dependsOn: account },
    );
    new aws.apigateway.MethodSettings(
      `${name}-methods`,
      {
        restApi: api.id,
        stageName: stage.stageName,
        methodPath: "*/*",
        settings: {
          throttlingBurstLimit: args.throttleBurst,
          throttlingRateLimit: args.throttleRate,
          // Metrics of each method by itself are billed like a program's own; those of the stage are there all the same.
          metricsEnabled: false,
          loggingLevel: "ERROR",
          // Bodies name customers, and keys are secrets: neither belongs in a log.
          dataTraceEnabled: false,
        },
      },
      { parent: this, dependsOn: [...account, executionLog] },
    );

    this.stageName = stage.stageName;
    this.arn = stage.arn;
    this.invokeUrl = stage.invokeUrl;
    this.accessLogGroupName = accessLog.name;
    this.registerOutputs({ invokeUrl: this.invokeUrl, accessLogGroupName: this.accessLogGroupName });
  }

  private logGroup(name: string, groupName: pulumi.Input<string>, args: ApiStageArgs): aws.cloudwatch.LogGroup {
    const settings = { name: groupName, retentionInDays: args.logRetentionDays };
    return new aws.cloudwatch.LogGroup(`${name}-logs`, settings, { parent: this });
  }
}

/**
 * A line for each request; no body, no key, no query, no address. Clients can choose the request id, but not the
 * extended one: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
const ACCESS_LOG = {
  extendedRequestId: "$context.extendedRequestId",
  requestId: "$context.requestId",
  requestTime: "$context.requestTime",
  apiKeyId: "$context.identity.apiKeyId",
  method: "$context.httpMethod",
  resource: "$context.resourcePath",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integration.latency",
  integrationError: "$context.integration.error",
  refusal: "$context.error.responseType",
  responseBytes: "$context.responseLength",
  traceId: "$context.xrayTraceId",
};

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
