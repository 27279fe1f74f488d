import type { ApiOperation } from "./apiDefinition";
import type { GatewayFailure } from "./gatewayFailure";

/** A name and a value, of a header or of a query parameter. */
export type Header = readonly [name: string, value: string];

/** A request as it came over the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  /** Percent-encoded, without the question mark; empty when there is none. */
  readonly query: string;
  /** In the client's order and letter case. */
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Whether the body was larger than 10 MB, and so was not kept. */
  readonly isTooLarge: boolean;
  readonly sourceIp: string;
  /** For example `HTTP/1.1`. */
  readonly protocol: string;
}

/** What goes back over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Buffer | string;
}

/** What an exchange knows of the stage that it runs through. */
export interface StageFacts {
  readonly region: string;
  readonly accountId: string;
  readonly apiId: string;
  readonly apiName?: string;
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** One request on its way through a stage; grows as the stage learns more. The source of every `$context` variable. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly stage: StageFacts;
  /** The client may choose it by `x-amzn-RequestId` (a UUID). */
  readonly requestId: string;
  /** The client cannot choose it. */
  readonly extendedRequestId: string;
  /** `Root=1-…` as the header `X-Amzn-Trace-Id` carries it. */
  readonly traceHeader: string;
  readonly receivedMs: number;
  /** The request's path, without the stage once a route is found. */
  path: string;
  operation?: ApiOperation;
  pathParameters: Readonly<Record<string, string>>;
  /** Known only where the operation requires a key. */
  apiKey?: { readonly id: string; readonly value: string };
  /** Known only where the operation requires a signature. */
  caller?: SigningRole;
  failure?: GatewayFailure;
  integration?: IntegrationOutcome;
  answered?: { readonly status: number; readonly bytes: number; readonly latencyMs: number };
}

/** The session of a role that signed a request. */
export interface SigningRole {
  readonly roleArn: string;
  readonly session: string;
  readonly accessKeyId: string;
}

/** How the integration went, for the access log and the feed. */
export interface IntegrationOutcome {
  readonly functionName?: string;
  readonly latencyMs: number;
  /** What the integrated service answered, 200 for a function that ran. */
  readonly status: number;
  readonly requestId?: string;
  readonly error?: string;
}

/** The value of a header, by its name in any letter case; the last one when it is repeated. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return request.headers.findLast(([candidate]) => candidate.toLowerCase() === wanted)?.[1];
}

/** The media type of a `Content-Type` without its parameters, in lower case; API Gateway assumes JSON without one. */
export function mediaTypeOf(request: HttpRequest): string {
  const contentType = headerOf(request, "content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  return contentType === undefined || contentType === "" ? "application/json" : contentType;
}

/** The query's names and values, decoded, in the client's order. */
export function queryOf(request: HttpRequest): readonly Header[] {
  return [...new URLSearchParams(request.query)];
}

/** The media types that the client accepts, in its order, without their parameters. */
export function acceptedTypes(request: HttpRequest): readonly string[] {
  const accept = headerOf(request, "accept") ?? "";
  return accept.split(",").map((range) => (range.split(";", 1)[0] ?? "").trim().toLowerCase());
}
