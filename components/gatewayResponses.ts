import { CORS_HEADERS } from "../contracts/http";
import { PROBLEM_MEDIA_TYPE } from "../contracts/problems";

interface Refusal {
  /** Absent where the gateway has more than one status for it. */
  readonly status?: number;
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly object[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * What the gateway says by itself, before any function is asked, and in the same form as the functions say it:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayResponses(): object {
  return Object.fromEntries(Object.entries(REFUSALS).map(([type, refusal]) => [type, rendered(refusal)]));
}

/** Stands for the whole JSON string, quotes included, so it must stand without any around it. */
const MESSAGE = "$context.error.messageString";

const RETRY_SOON = { "Retry-After": "1" };
const FAULT = { kind: "internal-fault", title: "The service failed" };
const INVALID = { kind: "invalid-request", title: "The request is not valid", status: 400 };

const REFUSALS: Readonly<Record<string, Refusal>> = {
  BAD_REQUEST_BODY: {
    ...{ ...INVALID, detail: MESSAGE },
    errors: [{ pointer: "", detail: "$context.error.validationErrorString" }],
  },
  BAD_REQUEST_PARAMETERS: { ...INVALID, detail: MESSAGE },
  INVALID_API_KEY: {
    ...{ kind: "unknown-caller", title: "The caller is not known", status: 403 },
    detail: "Send a valid API key in the header x-api-key.",
  },
  ACCESS_DENIED: { kind: "forbidden", title: "The request is forbidden", status: 403, detail: "Access is denied." },
  WAF_FILTERED: { kind: "forbidden", title: "The request is forbidden", status: 403, detail: "Access is denied." },
  // No operation here asks for a token, so the gateway says this only of a method or path that does not exist.
  MISSING_AUTHENTICATION_TOKEN: {
    ...{ kind: "no-such-operation", title: "There is no such operation", status: 404 },
    detail: "The API has no such method and path.",
  },
  RESOURCE_NOT_FOUND: {
    ...{ kind: "no-such-operation", title: "There is no such operation", status: 404 },
    detail: "The API has no such method and path.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    ...{ kind: "unsupported-media-type", title: "The body must be JSON", status: 415 },
    detail: "Send the body as application/json.",
  },
  THROTTLED: {
    ...{ kind: "too-many-requests", title: "Too many requests", status: 429 },
    detail: "The service takes no more requests at the moment.",
    headers: RETRY_SOON,
  },
  QUOTA_EXCEEDED: {
    ...{ kind: "quota-exceeded", title: "The quota is used up", status: 429 },
    detail: "The API key's quota is used up.",
  },
  API_CONFIGURATION_ERROR: {
    ...FAULT,
    status: 500,
    detail: "Try again, and quote the correlation id if that fails too.",
  },
  INTEGRATION_FAILURE: { ...FAULT, status: 504, detail: "The service did not answer. Try again.", headers: RETRY_SOON },
  INTEGRATION_TIMEOUT: { ...FAULT, status: 504, detail: "The service did not answer. Try again.", headers: RETRY_SOON },
  // Without a status: one set here would become that of every kind of answer that is not listed above.
  DEFAULT_4XX: { kind: "refused", title: "The request is refused", detail: MESSAGE },
  DEFAULT_5XX: { ...FAULT, detail: "Try again, and quote the correlation id if that fails too." },
};

/**
 * The template is for application/json, which the gateway takes when the client accepts no other of its
 * templates; the header then tells what the body really is. Variables are only put in, without Velocity:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
function rendered({ status, kind, title, detail, errors, headers = {} }: Refusal): object {
  const problem = {
    type: `urn:orderflow:problem:${kind}`,
    title,
    ...(status === undefined ? {} : { status }),
    detail,
    ...(errors === undefined ? {} : { errors }),
    // The caller's own x-amzn-RequestId could change the request id, but not this one.
    correlationId: "$context.extendedRequestId",
  };
  const all = { ...CORS_HEADERS, ...headers, "Content-Type": PROBLEM_MEDIA_TYPE };
  return {
    ...(status === undefined ? {} : { statusCode: String(status) }),
    responseParameters: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
    ),
    responseTemplates: { "application/json": JSON.stringify(problem).replace(`"${MESSAGE}"`, () => MESSAGE) },
  };
}
