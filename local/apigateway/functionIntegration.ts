import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import type { Principal } from "../iam/access";
import type { InvocationResult, Invoker } from "../invoker";
import type { FunctionIntegration } from "./apiDefinition";
import type { Exchange } from "./exchange";
import { GatewayFailure } from "./gatewayFailure";
import type { JsonPlace } from "./jsonPlace";

const known = [
  ...["type", "uri", "httpMethod", "timeoutInMillis", "contentHandling", "payloadFormatVersion"],
  ...["passthroughBehavior", "connectionType", "credentials", "cacheNamespace", "responses"],
];
const defaultTimeoutMs = 29_000;

/** Reads an `aws_proxy` integration with a Lambda function. Its `responses` do nothing, on AWS too. */
export function readFunctionIntegration(place: JsonPlace): FunctionIntegration | undefined {
  place.knows(known, "is not supported here for aws_proxy.");
  const uri = place.get("uri");
  const functionArn = /:lambda:path\/2015-03-31\/functions\/(arn:aws[\w-]*:lambda:[^/]+)\/invocations$/.exec(
    uri.text() ?? "",
  )?.[1];
  if (place.get("httpMethod").text() !== "POST") {
    place.get("httpMethod").refuse("must be POST: Lambda is invoked by nothing else.");
  }
  refuseUnless(place.get("contentHandling"), ["CONVERT_TO_TEXT", "CONVERT_TO_BINARY"]);
  refuseUnless(place.get("payloadFormatVersion"), ["1.0", 1]);
  refuseUnless(place.get("connectionType"), ["INTERNET"]);
  const timeout = place.get("timeoutInMillis");
  const timeoutMs = timeout.number() ?? defaultTimeoutMs;
  if (timeoutMs < 50 || timeoutMs > 300_000) timeout.refuse("must be from 50 to 29000, or 300000 with a raised quota.");
  const credentials = place.get("credentials").text();
  if (credentials !== undefined && !/^arn:aws:iam::\d{12}:role\//.test(credentials)) {
    place.get("credentials").refuse("must be the ARN of a role here.");
  }
  if (functionArn === undefined || functionArn.includes("${")) {
    uri.refuse("must be a function's invoke ARN, …:lambda:path/2015-03-31/functions/<arn>/invocations.");
    return undefined;
  }
  return {
    type: "aws_proxy",
    functionArn,
    functionName: functionArn.split(":")[6] ?? functionArn,
    timeoutMs,
    ...(credentials !== undefined && { credentials }),
    convertsToText: place.get("contentHandling").value === "CONVERT_TO_TEXT",
  };
}

function refuseUnless(place: JsonPlace, allowed: readonly unknown[]): void {
  if (place.exists && !allowed.includes(place.value)) place.refuse(`must be one of ${allowed.join(", ")}.`);
}

/**
 * Invokes the function and answers what it returned; notes the outcome in the exchange. A function that
 * fails, and an answer that is not in time, become gateway failures; how a Lambda quota maps to a status:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export class FunctionCaller {
  constructor(
    private readonly invoker: Invoker,
    private readonly clock: Clock,
  ) {}

  async call(integration: FunctionIntegration, event: object, exchange: Exchange): Promise<unknown> {
    const startedMs = this.clock.now();
    const note = (status: number, more: { requestId?: string; error?: string }): void => {
      const latencyMs = Math.round(this.clock.now() - startedMs);
      exchange.integration = { functionName: integration.functionName, latencyMs, status, ...more };
    };
    let result: InvocationResult;
    try {
      result = await this.inTime(integration, event, exchange);
    } catch (error) {
      const failure = error instanceof GatewayFailure ? error : uninvokable(error);
      note(failure.status, { error: failure.trouble ?? failure.message });
      throw failure;
    }
    if (result.ok) {
      note(200, { requestId: result.requestId });
      return result.payload;
    }
    const error = `${result.error.errorType}: ${result.error.errorMessage}`;
    note(200, { requestId: result.requestId, error });
    throw new GatewayFailure("DEFAULT_5XX", { status: 502, trouble: `the function failed with ${error}` });
  }

  private async inTime(integration: FunctionIntegration, event: object, exchange: Exchange): Promise<InvocationResult> {
    const options = { traceHeader: exchange.traceHeader, principal: callerOf(integration, exchange) };
    let release: (() => void) | undefined;
    const timeout = new Promise<never>((_, reject) => {
      const trouble = `no answer within ${integration.timeoutMs} ms`;
      release = this.clock.after(integration.timeoutMs, () =>
        reject(new GatewayFailure("INTEGRATION_TIMEOUT", { trouble })),
      );
    });
    try {
      return await Promise.race([this.invoker.invoke(integration.functionArn, event, options), timeout]);
    } finally {
      release?.();
    }
  }
}

/**
 * The method, which the function's own policy must let in; or the role of `credentials`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
function callerOf({ credentials }: FunctionIntegration, { stage, operation, request }: Exchange): Principal {
  if (credentials !== undefined) return { kind: "role", roleArn: credentials, session: "BackplaneAssumeRoleSession" };
  const method = operation?.method === "ANY" ? request.method : (operation?.method ?? request.method);
  const { region, accountId, apiId, name } = stage;
  const sourceArn = `arn:aws:execute-api:${region}:${accountId}:${apiId}/${name}/${method}${operation?.resourcePath ?? ""}`;
  return { kind: "service", service: "apigateway.amazonaws.com", sourceArn };
}

function uninvokable(error: unknown): GatewayFailure {
  const trouble = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (error instanceof AwsError && error.status === 413) return new GatewayFailure("REQUEST_TOO_LARGE", { trouble });
  if (error instanceof AwsError && error.status < 500 && error.status !== 429) {
    return new GatewayFailure("API_CONFIGURATION_ERROR", { trouble });
  }
  return new GatewayFailure("DEFAULT_5XX", { trouble });
}
