import { CORS_HEADERS } from "../contracts/http";
import {
  PROBLEM_KINDS,
  PROBLEM_MEDIA_TYPE,
  problemType,
  type ProblemKind,
  type Violation,
} from "../contracts/problems";

/** What the gateway refuses, and with which problem. */
export interface Refusal {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly errors?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the gateway has it under several statuses, so that none may be set. */
  readonly anyStatus?: true;
}

/**
 * What the gateway says by itself, before any function is asked, and in the same form as the functions say it:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 *
 * @param ofCallers by the gateway's name of them, what it refuses of callers that are not known
 */
export function gatewayResponses(ofCallers: Readonly<Record<string, Refusal>>): object {
  return Object.fromEntries(
    Object.entries({ ...REFUSALS, ...ofCallers }).map(([type, refusal]) => [type, rendered(refusal)]),
  );
}

/** Stands for the whole JSON string, quotes included, so it must stand without any around it. */
export const MESSAGE = "$context.error.messageString";

const RETRY_SOON = { "Retry-After": "1" };
const TRY_AGAIN = "Try again, and quote the correlation id if that fails too.";
const FORBIDDEN: Refusal = { kind: "forbidden", detail: "Access is denied." };
const NO_ANSWER: Refusal = {
  kind: "no-answer",
  detail:
    "The service did not answer in time. Send the request again, with the same Idempotency-Key, after Retry-After.",
  headers: RETRY_SOON,
};
export const NO_SUCH_OPERATION: Refusal = { kind: "no-such-operation", detail: "The API has no such method and path." };

const REFUSALS: Readonly<Record<string, Refusal>> = {
  BAD_REQUEST_BODY: {
    ...{ kind: "invalid-request", detail: MESSAGE },
    errors: [{ pointer: "", detail: "$context.error.validationErrorString" }],
  },
  BAD_REQUEST_PARAMETERS: { kind: "invalid-request", detail: MESSAGE },
  ACCESS_DENIED: FORBIDDEN,
  WAF_FILTERED: FORBIDDEN,
  RESOURCE_NOT_FOUND: NO_SUCH_OPERATION,
  UNSUPPORTED_MEDIA_TYPE: { kind: "unsupported-media-type", detail: "Send the body as application/json." },
  THROTTLED: {
    ...{ kind: "too-many-requests", detail: "The service takes no more requests at the moment." },
    headers: RETRY_SOON,
  },
  API_CONFIGURATION_ERROR: { kind: "internal-fault", detail: TRY_AGAIN },
  INTEGRATION_FAILURE: NO_ANSWER,
  INTEGRATION_TIMEOUT: NO_ANSWER,
  // Without a status: one set here would become that of every kind of answer that is not listed above.
  DEFAULT_4XX: { kind: "refused", detail: MESSAGE, anyStatus: true },
  DEFAULT_5XX: { kind: "internal-fault", detail: TRY_AGAIN, anyStatus: true },
};

/** The caller's own x-amzn-RequestId could change the request id, but not this one. */
const CORRELATION_ID = "context.extendedRequestId";

/**
 * The template is for application/json, which the gateway takes when the client accepts no other of its
 * templates; the header then tells what the body really is. Variables are only put in, without Velocity:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 * A header is a literal in quotes or, without them, a parameter such as a context variable:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 */
function rendered({ kind, detail, errors, headers = {}, anyStatus }: Refusal): object {
  const [status, title] = PROBLEM_KINDS[kind];
  const problem = {
    ...{ type: problemType(kind), title, ...(!anyStatus && { status }), detail },
    ...(errors && { errors }),
    correlationId: `$${CORRELATION_ID}`,
  };
  const literals = Object.entries({ ...CORS_HEADERS, ...headers, "Content-Type": PROBLEM_MEDIA_TYPE });
  return {
    ...(!anyStatus && { statusCode: String(status) }),
    responseParameters: {
      ...Object.fromEntries(literals.map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`])),
      "gatewayresponse.header.X-Correlation-Id": CORRELATION_ID,
    },
    responseTemplates: { "application/json": JSON.stringify(problem).replace(`"${MESSAGE}"`, () => MESSAGE) },
  };
}
