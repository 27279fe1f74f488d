import { validateHeaderName, validateHeaderValue } from "node:http";
import { type Answer, acceptedTypes, type Exchange, type Header } from "./exchange";
import { GatewayFailure } from "./gatewayFailure";
import { matchesBinary } from "./proxyEvent";

/**
 * Turns what a function returned into an answer. It must return
 * `{ statusCode, headers?, multiValueHeaders?, body?, isBase64Encoded? }` with a body that is a text; anything else is
 * a "malformed Lambda proxy response", 502.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * @throws GatewayFailure DEFAULT_5XX with status 502
 */
export function readProxyResponse(payload: unknown, exchange: Exchange, binaryMediaTypes: readonly string[]): Answer {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw malformed(`it is ${JSON.stringify(payload) ?? "undefined"}, not an object`);
  }
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = payload as Record<string, unknown>;
  const status = Number(statusCode ?? Number.NaN);
  if (!Number.isInteger(status) || status < 200 || status > 599) throw malformed("statusCode is not an HTTP status");
  const text = bodyText(body);
  const wantsBinary = matchesBinary(acceptedTypes(exchange.request)[0] || "*/*", binaryMediaTypes);
  return {
    status,
    headers: typed(responseHeaders(headers, multiValueHeaders), status),
    // Without a binary media type that the client accepts, the base64 text itself is what AWS sends.
    body: isBase64Encoded === true && wantsBinary ? Buffer.from(text, "base64") : text,
  };
}

function bodyText(body: unknown): string {
  if (body === undefined || body === null) return "";
  if (typeof body !== "string") throw malformed("body is not a text");
  return body;
}

function malformed(reason: string): GatewayFailure {
  const trouble = `malformed Lambda proxy response: ${reason}`;
  return new GatewayFailure("DEFAULT_5XX", { status: 502, trouble });
}

/** Both kinds together; a value that is in both is sent once. */
function responseHeaders(single: unknown, multiple: unknown): readonly Header[] {
  const headers: Header[] = [];
  for (const [name, values] of Object.entries(record(multiple, "multiValueHeaders"))) {
    if (!Array.isArray(values)) throw malformed(`multiValueHeaders.${name} is not a list`);
    for (const value of values) headers.push([name, headerValue(name, value)]);
  }
  for (const [name, value] of Object.entries(record(single, "headers"))) {
    const text = headerValue(name, value);
    const isRepeated = headers.some(([other, sent]) => other.toLowerCase() === name.toLowerCase() && sent === text);
    if (!isRepeated) headers.push([name, text]);
  }
  return headers;
}

/** An answer that names no type is JSON. A 304 has nothing that could be of a type (RFC 9110, 15.4.5). */
function typed(headers: readonly Header[], status: number): readonly Header[] {
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  return hasType || status === 304 ? headers : [...headers, ["Content-Type", "application/json"]];
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  throw malformed(`${name} is not an object`);
}

function headerValue(name: string, value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw malformed(`header ${name} is not a text`);
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, String(value));
  } catch (error) {
    throw malformed((error as Error).message);
  }
  return String(value);
}
