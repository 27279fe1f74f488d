import { type Answer, type Exchange, type Header, acceptedTypes } from "./exchange";
import type { GatewayFailure, GatewayResponseType } from "./gatewayFailure";
import type { JsonPlace } from "./jsonPlace";
import { compileMapping, compileTemplate, type Template } from "./template";

/** How an API wants one kind of its gateway's own answers to look. */
export interface GatewayResponse {
  readonly status: number | undefined;
  readonly headers: ReadonlyMap<string, (exchange: Exchange) => string | number | undefined>;
  /** By media type. */
  readonly templates: ReadonlyMap<string, Template>;
}

const uncustomised: GatewayResponse = { status: undefined, headers: new Map(), templates: new Map() };

/** Reads a gateway response of an OpenAPI document, or the inputs of a `Response` resource. */
export function readGatewayResponse(place: JsonPlace): GatewayResponse {
  place.knows(["statusCode", "responseParameters", "responseTemplates"]);
  const statusCode = place.get("statusCode");
  const isStatus = /^[1-5]\d\d$/.test(JSON.stringify(statusCode.value ?? "").replaceAll('"', ""));
  if (statusCode.exists && !isStatus) statusCode.refuse("must be a status code of three digits.");
  const headers = new Map<string, (exchange: Exchange) => string | number | undefined>();
  for (const [key, mapping] of place.get("responseParameters").members()) {
    const name = /^gatewayresponse\.header\.(.+)$/.exec(key)?.[1];
    if (name === undefined) mapping.refuse("must be gatewayresponse.header.<name>.");
    else headers.set(name, compileMapping(mapping));
  }
  const templates = new Map<string, Template>();
  for (const [mediaType, template] of place.get("responseTemplates").members()) {
    const dialect = { functions: false, absent: "", json: /\bjson$/i.test(mediaType) };
    templates.set(mediaType.toLowerCase(), compileTemplate(template, dialect));
  }
  return { status: isStatus ? Number(statusCode.value) : undefined, headers, templates };
}

/**
 * Renders what the gateway answers by itself. A kind that the API does not customise looks like DEFAULT_4XX or
 * DEFAULT_5XX, whose status, when set, becomes that of all the others; REQUEST_TOO_LARGE cannot be customised.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function renderFailure(
  failure: GatewayFailure,
  customised: ReadonlyMap<GatewayResponseType, GatewayResponse>,
  exchange: Exchange,
): Answer {
  const fallback = customised.get(failure.status >= 500 ? "DEFAULT_5XX" : "DEFAULT_4XX");
  const isFixed = failure.responseType === "REQUEST_TOO_LARGE";
  const own = customised.get(failure.responseType);
  const response = isFixed ? uncustomised : (own ?? fallback ?? uncustomised);
  const status = isFixed ? failure.status : (own?.status ?? fallback?.status ?? failure.status);
  const [mediaType, template] = chooseTemplate(response.templates, acceptedTypes(exchange.request));
  const headers = new Map<string, Header>([
    ["content-type", ["Content-Type", mediaType]],
    ["x-amzn-errortype", ["x-amzn-ErrorType", failure.errorType]],
  ]);
  for (const [name, read] of response.headers) {
    const value = read(exchange);
    if (value !== undefined) headers.set(name.toLowerCase(), [name, String(value)]);
  }
  const body = template?.(exchange) ?? JSON.stringify({ message: failure.message });
  return { status, headers: [...headers.values()], body };
}

/** The template for a type that the client accepts, else the one for JSON, else the first. */
export function chooseTemplate<T>(
  templates: ReadonlyMap<string, T>,
  accepted: readonly string[],
): readonly [mediaType: string, template: T | undefined] {
  const candidates = [...accepted, "application/json", ...templates.keys()];
  const mediaType = candidates.find((candidate) => templates.has(candidate)) ?? "application/json";
  return [mediaType, templates.get(mediaType)];
}
