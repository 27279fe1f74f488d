import { type Answer, type Exchange, type Header, acceptedTypes, mediaTypeOf } from "./exchange";
import { GatewayFailure } from "./gatewayFailure";
import { chooseTemplate } from "./gatewayResponse";
import type { JsonPlace } from "./jsonPlace";
import { compileMapping, compileTemplate, type Template } from "./template";

/** `mock`: the gateway answers without anything behind it. */
export interface MockIntegration {
  readonly type: "mock";
  readonly passthrough: "when_no_match" | "when_no_templates" | "never";
  /** By media type of the request; each renders `{"statusCode": 200}`. */
  readonly requestTemplates: ReadonlyMap<string, Template>;
  /** In the document's order. */
  readonly responses: readonly MockResponse[];
}

interface MockResponse {
  /** Held against the status that the request template asks for; absent for `default`. */
  readonly selection: RegExp | undefined;
  readonly status: number;
  readonly headers: ReadonlyMap<string, (exchange: Exchange) => string | number | undefined>;
  readonly templates: ReadonlyMap<string, Template>;
}

/**
 * Reads a `mock` integration.
 *
 * @param methodResponses the operation's `responses`: a status or header that they do not declare is refused, as on AWS
 */
export function readMockIntegration(place: JsonPlace, methodResponses: JsonPlace): MockIntegration {
  place.knows([
    "type",
    "requestTemplates",
    "passthroughBehavior",
    "responses",
    "timeoutInMillis",
    "httpMethod",
    "contentHandling",
  ]);
  const passthrough = place.get("passthroughBehavior").text()?.toLowerCase() ?? "when_no_match";
  if (passthrough !== "when_no_match" && passthrough !== "when_no_templates" && passthrough !== "never") {
    place.get("passthroughBehavior").refuse("must be when_no_match, when_no_templates or never.");
  }
  const responses = place.get("responses");
  if (responses.keys().length === 0) responses.refuse("must have a default: a mock integration answers nothing else.");
  return {
    type: "mock",
    passthrough: passthrough as MockIntegration["passthrough"],
    requestTemplates: readTemplates(place.get("requestTemplates")),
    responses: responses.members().map(([selection, response]) => readResponse(selection, response, methodResponses)),
  };
}

function readTemplates(place: JsonPlace): ReadonlyMap<string, Template> {
  const templates = place.members().map(([mediaType, template]) => {
    const dialect = { functions: true, absent: "", json: false };
    return [mediaType.toLowerCase(), compileTemplate(template, dialect)] as const;
  });
  return new Map(templates);
}

function readResponse(selection: string, place: JsonPlace, methodResponses: JsonPlace): MockResponse {
  place.knows(["statusCode", "responseParameters", "responseTemplates", "contentHandling"]);
  const status = String(place.get("statusCode").value);
  const declared = methodResponses.get(status).resolved();
  if (!declared.exists) place.get("statusCode").refuse(`is ${status}, which the operation's responses do not declare.`);
  const headers = new Map<string, (exchange: Exchange) => string | number | undefined>();
  for (const [key, mapping] of place.get("responseParameters").members()) {
    const name = /^method\.response\.header\.(.+)$/.exec(key)?.[1];
    if (name === undefined || !declared.get("headers").get(name).exists) {
      mapping.refuse(`must be method.response.header.<name>, and response ${status} must declare that header.`);
    } else headers.set(name, compileMapping(mapping));
  }
  return {
    selection: selection === "default" ? undefined : new RegExp(`^(?:${selection})$`),
    status: Number(status),
    headers,
    templates: readTemplates(place.get("responseTemplates")),
  };
}

/**
 * Answers a request as the templates say.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 *
 * @throws GatewayFailure UNSUPPORTED_MEDIA_TYPE, or API_CONFIGURATION_ERROR without a status or a response for it
 */
export function answerMock(integration: MockIntegration, exchange: Exchange): Answer {
  const asked = statusAskedFor(integration, exchange);
  const response =
    integration.responses.find(({ selection }) => selection?.test(asked)) ??
    integration.responses.find(({ selection }) => selection === undefined);
  if (response === undefined) {
    throw new GatewayFailure("API_CONFIGURATION_ERROR", { trouble: `no response of the mock is for status ${asked}` });
  }
  const [mediaType, template] = chooseTemplate(response.templates, acceptedTypes(exchange.request));
  const headers = new Map<string, Header>([["content-type", ["Content-Type", mediaType]]]);
  for (const [name, read] of response.headers) {
    const value = read(exchange);
    if (value !== undefined) headers.set(name.toLowerCase(), [name, String(value)]);
  }
  exchange.integration = { latencyMs: 0, status: Number(asked) };
  return { status: response.status, headers: [...headers.values()], body: template?.(exchange) ?? "" };
}

function statusAskedFor({ requestTemplates, passthrough }: MockIntegration, exchange: Exchange): string {
  const template = requestTemplates.get(mediaTypeOf(exchange.request));
  const refusesOthers = passthrough === "never" || (passthrough === "when_no_templates" && requestTemplates.size > 0);
  if (template === undefined && refusesOthers) throw new GatewayFailure("UNSUPPORTED_MEDIA_TYPE");
  const rendered = template?.(exchange) ?? exchange.request.body.toString("utf8");
  const status = /"?\bstatusCode"?\s*:\s*"?(\d{3})\b/.exec(rendered)?.[1];
  if (status !== undefined) return status;
  const trouble = "the mock's request template must render an integer statusCode";
  throw new GatewayFailure("API_CONFIGURATION_ERROR", { trouble });
}
