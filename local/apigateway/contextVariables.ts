import { createHash } from "node:crypto";
import { callerIdentity } from "./callers";
import { type Exchange, headerOf } from "./exchange";

type Value = string | number | undefined;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The `$context` variables that have a value here, by their name without `$context.`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const variables: Readonly<Record<string, (exchange: Exchange) => Value>> = {
  accountId: ({ stage }) => stage.accountId,
  apiId: ({ stage }) => stage.apiId,
  deploymentId: ({ stage }) => stage.deploymentId,
  domainName: (exchange) => domainName(exchange),
  domainPrefix: ({ stage }) => stage.apiId,
  "error.message": ({ failure }) => failure?.message,
  "error.messageString": ({ failure }) => failure && JSON.stringify(failure.message),
  "error.responseType": ({ failure }) => failure?.responseType,
  "error.validationErrorString": ({ failure }) => failure?.validationErrorString,
  extendedRequestId: ({ extendedRequestId }) => extendedRequestId,
  httpMethod: ({ request }) => request.method,
  "identity.accountId": ({ caller }) => caller && callerIdentity(caller).accountId,
  "identity.caller": ({ caller }) => caller && callerIdentity(caller).caller,
  "identity.user": ({ caller }) => caller && callerIdentity(caller).user,
  "identity.userArn": ({ caller }) => caller && callerIdentity(caller).userArn,
  "identity.apiKey": ({ apiKey }) => apiKey?.value,
  "identity.apiKeyId": ({ apiKey }) => apiKey?.id,
  "identity.sourceIp": ({ request }) => request.sourceIp,
  "identity.userAgent": ({ request }) => headerOf(request, "user-agent"),
  "integration.error": ({ integration }) => integration?.error,
  "integration.integrationStatus": ({ integration }) => integration?.status,
  "integration.latency": ({ integration }) => integration?.latencyMs,
  "integration.requestId": ({ integration }) => integration?.requestId,
  "integration.status": ({ integration }) => integration?.status,
  integrationErrorMessage: ({ integration }) => integration?.error,
  integrationLatency: ({ integration }) => integration?.latencyMs,
  integrationStatus: ({ integration }) => integration?.status,
  path: (exchange) => stagePath(exchange),
  protocol: ({ request }) => request.protocol,
  requestId: ({ requestId }) => requestId,
  requestTime: (exchange) => requestTime(exchange),
  requestTimeEpoch: ({ receivedMs }) => Math.round(receivedMs),
  resourceId: (exchange) => resourceId(exchange),
  resourcePath: ({ operation }) => operation?.resourcePath,
  responseLatency: ({ answered }) => answered?.latencyMs,
  responseLength: ({ answered }) => answered?.bytes,
  stage: ({ stage }) => stage.name,
  status: ({ answered }) => answered?.status,
  xrayTraceId: ({ traceHeader }) => /Root=([^;]+)/.exec(traceHeader)?.[1],
};

/** Variables that AWS knows and that never have a value here: authorizers, WAF, custom domains, canaries. */
const absent =
  /^(authorizer|authorize|authenticate|waf|customDomain|requestOverride|responseOverride|identity\.(clientCert|cognito\w+|principalOrgId|vpcId|vpceId))(\.|$)|^(awsEndpointRequestId2?|endpointType|isCanaryRequest|wafResponseCode|webaclArn)$/;

/** How to read a `$context` variable; nothing when AWS knows no such variable. */
export function contextVariable(name: string): ((exchange: Exchange) => Value) | undefined {
  if (Object.hasOwn(variables, name)) return variables[name];
  return absent.test(name) ? () => undefined : undefined;
}

/** The host that the API would have on AWS. */
export function domainName({ stage }: Exchange): string {
  return `${stage.apiId}.execute-api.${stage.region}.amazonaws.com`;
}

/** The path with the stage in front, as `$context.path` has it. */
export function stagePath({ stage, path }: Exchange): string {
  return `/${stage.name}${path}`;
}

/** When the request came, as web servers log it: `20/Nov/2026:11:02:03 +0000`. */
export function requestTime({ receivedMs }: Exchange): string {
  const time = new Date(receivedMs);
  const day = String(time.getUTCDate()).padStart(2, "0");
  return `${day}/${months[time.getUTCMonth()]}/${time.getUTCFullYear()}:${time.toISOString().slice(11, 19)} +0000`;
}

/** Six characters, always the same for a resource. */
export function resourceId({ stage, operation }: Exchange): string | undefined {
  if (operation === undefined) return undefined;
  return createHash("sha256").update(`${stage.apiId} ${operation.resourcePath}`).digest("hex").slice(0, 6);
}
