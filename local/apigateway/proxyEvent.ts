import type { APIGatewayProxyEvent } from "aws-lambda";
import { domainName, requestTime, resourceId, stagePath } from "./contextVariables";
import { callerIdentity } from "./callers";
import { type Exchange, type Header, headerOf, mediaTypeOf, queryOf } from "./exchange";

/** Headers that concern the connection of the client alone. */
const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "expect"]);

/**
 * The event that a function gets for a request, in payload format 1.0: header names in the client's letter case,
 * the query decoded, path parameters as the client encoded them (https://github.com/aws/aws-sam-cli/issues/771), null
 * where there is nothing.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * @param isBinary whether the body is handed over in base64
 */
export function proxyEvent(exchange: Exchange, isBinary: boolean): APIGatewayProxyEvent {
  const { request, operation, pathParameters, stage } = exchange;
  const headers = forwardedHeaders(exchange);
  const query = queryOf(request);
  const body = request.body;
  return {
    resource: operation?.resourcePath ?? "",
    path: exchange.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: query.length === 0 ? null : lastValues(query),
    multiValueQueryStringParameters: query.length === 0 ? null : allValues(query),
    pathParameters: Object.keys(pathParameters).length === 0 ? null : { ...pathParameters },
    stageVariables: Object.keys(stage.variables).length === 0 ? null : { ...stage.variables },
    requestContext: requestContext(exchange),
    body: body.length === 0 ? null : body.toString(isBinary ? "base64" : "utf8"),
    isBase64Encoded: isBinary && body.length > 0,
  };
}

/** Whether a request's body counts as binary for an API. */
export function isBinaryRequest(exchange: Exchange, binaryMediaTypes: readonly string[]): boolean {
  return matchesBinary(mediaTypeOf(exchange.request), binaryMediaTypes);
}

/** Whether a media type is among the binary ones, where a star stands for anything. */
export function matchesBinary(mediaType: string, binaryMediaTypes: readonly string[]): boolean {
  const [type] = mediaType.split("/");
  return [mediaType, `${type}/*`, "*/*"].some((candidate) => binaryMediaTypes.includes(candidate));
}

/** AWS sends the deployment too; the types of the event do not know it. */
type Context = APIGatewayProxyEvent["requestContext"] & { readonly deploymentId: string };

function requestContext(exchange: Exchange): Context {
  const { request, stage, operation, apiKey, caller } = exchange;
  return {
    accountId: stage.accountId,
    apiId: stage.apiId,
    authorizer: undefined,
    deploymentId: stage.deploymentId,
    domainName: domainName(exchange),
    domainPrefix: stage.apiId,
    extendedRequestId: exchange.extendedRequestId,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      // Present only where the method requires a key.
      ...(apiKey === undefined ? {} : { apiKey: apiKey.value, apiKeyId: apiKey.id }),
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerOf(request, "user-agent") ?? null,
      userArn: null,
      ...(caller && callerIdentity(caller)),
    } as APIGatewayProxyEvent["requestContext"]["identity"],
    path: stagePath(exchange),
    protocol: request.protocol,
    requestId: exchange.requestId,
    requestTime: requestTime(exchange),
    requestTimeEpoch: Math.round(exchange.receivedMs),
    resourceId: resourceId(exchange) ?? "",
    resourcePath: operation?.resourcePath ?? "",
    stage: stage.name,
  };
}

function forwardedHeaders({ request, traceHeader }: Exchange): readonly Header[] {
  const own = new Set([
    "x-amzn-trace-id",
    "x-forwarded-for",
    "x-forwarded-port",
    "x-forwarded-proto",
    "content-length",
  ]);
  const kept = request.headers.filter(([name]) => !hopByHop.has(name.toLowerCase()) && !own.has(name.toLowerCase()));
  const forwardedFor = headerOf(request, "x-forwarded-for");
  const port = /:(\d+)$/.exec(headerOf(request, "host") ?? "")?.[1] ?? "80";
  return [
    ...kept,
    ["X-Amzn-Trace-Id", traceHeader],
    ["X-Forwarded-For", forwardedFor === undefined ? request.sourceIp : `${forwardedFor}, ${request.sourceIp}`],
    ["X-Forwarded-Port", port],
    ["X-Forwarded-Proto", "http"],
  ];
}

function lastValues(pairs: readonly Header[]): Record<string, string> {
  return Object.fromEntries(pairs);
}

function allValues(pairs: readonly Header[]): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
