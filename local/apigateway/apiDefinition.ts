import type { GatewayResponse } from "./gatewayResponse";
import type { GatewayResponseType } from "./gatewayFailure";
import type { BodyModel } from "./bodyModel";
import type { MockIntegration } from "./mockIntegration";

/** A REST API as API Gateway understood its OpenAPI document. */
export interface ApiDefinition {
  readonly operations: readonly ApiOperation[];
  readonly gatewayResponses: ReadonlyMap<GatewayResponseType, GatewayResponse>;
  /** Who may call, a policy document with whole ARNs left out (`execute-api:/…`); absent, whoever the methods take. */
  readonly policy?: string;
  /** Media types whose bodies travel to and from functions in base64. */
  readonly binaryMediaTypes: readonly string[];
}

/** One method of one resource. */
export interface ApiOperation {
  /** In capitals; `ANY` for `x-amazon-apigateway-any-method`. */
  readonly method: string;
  /** As the document spells it, for example `/orders/{orderId}`. */
  readonly resourcePath: string;
  readonly requiresApiKey: boolean;
  /** Whether a role must have signed the request (AWS_IAM). */
  readonly requiresSignature: boolean;
  /** Empty unless a validator asks for parameters. */
  readonly requiredParameters: readonly RequiredParameter[];
  /** By media type, `$default` for any other; empty unless a validator asks for the body. */
  readonly bodyModels: ReadonlyMap<string, BodyModel>;
  readonly integration: Integration;
}

/** A parameter without which a request is refused. */
export interface RequiredParameter {
  readonly name: string;
  readonly in: "header" | "query" | "path";
}

/** What answers an operation. */
export type Integration = FunctionIntegration | MockIntegration;

/** `aws_proxy`: a function gets the whole request and answers the whole response. */
export interface FunctionIntegration {
  readonly type: "aws_proxy";
  readonly functionArn: string;
  /** Name of the function, for the feed. */
  readonly functionName: string;
  readonly timeoutMs: number;
  /** The role that the gateway calls with; absent, the function's policy must let the gateway in. */
  readonly credentials?: string;
  /** Whether binary bodies are handed over as text all the same (`contentHandling: CONVERT_TO_TEXT`). */
  readonly convertsToText: boolean;
}
