import { CORS_HEADERS, PREFLIGHT_HEADERS } from "../contracts/http";
import { PROBLEM_MEDIA_TYPE } from "../contracts/problems";
import { OrderAccepted, OrderView, PlaceOrderBody, ProblemBody } from "../contracts/schemas";
import { gatewayModel } from "./gatewayModel";
import { gatewayResponses } from "./gatewayResponses";

/** The functions behind the API: what each is called by, its invoke ARN or an Output of it. */
export interface Operations<Uri> {
  readonly createOrder: Uri;
  readonly getOrder: Uri;
}

/**
 * The API as an OpenAPI 3.0 document that API Gateway imports. What the gateway does beyond the standard
 * stands in `x-amazon-apigateway-…` fields; `security` stands at each operation, as at the root it is ignored:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function openApiDocument<Uri>(title: string, operations: Operations<Uri>): object {
  return {
    openapi: "3.0.1",
    info: { title, version: "1", description: "Takes orders, and tells what became of them." },
    paths: {
      "/orders": { post: createOrder(operations.createOrder), options: preflight() },
      "/orders/{orderId}": { get: getOrder(operations.getOrder), options: preflight([ORDER_ID]) },
      "/health": { get: health(), options: preflight() },
    },
    components: {
      schemas: {
        PlaceOrderBody: gatewayModel(PlaceOrderBody),
        OrderAccepted: gatewayModel(OrderAccepted),
        OrderView: gatewayModel(OrderView),
        ProblemBody: gatewayModel(ProblemBody),
      },
      securitySchemes: { apiKey: { type: "apiKey", name: "x-api-key", in: "header" } },
    },
    "x-amazon-apigateway-api-key-source": "HEADER",
    "x-amazon-apigateway-request-validators": {
      full: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-gateway-responses": gatewayResponses(),
  };
}

const ORDER_ID = { name: "orderId", in: "path", required: true, schema: { type: "string" } };

function createOrder(uri: unknown): object {
  return {
    operationId: "createOrder",
    summary: "Place an order",
    parameters: [
      {
        name: "Idempotency-Key",
        in: "header",
        required: false,
        description: "Repeats with the same key are answered like the first request.",
        schema: { type: "string" },
      },
    ],
    requestBody: { required: true, content: { "application/json": { schema: ref("PlaceOrderBody") } } },
    responses: {
      201: { description: "The order is accepted.", content: { "application/json": { schema: ref("OrderAccepted") } } },
      ...refusals(400, 403, 415, 422, 429, 500),
    },
    ...calls(uri),
  };
}

function getOrder(uri: unknown): object {
  return {
    operationId: "getOrder",
    summary: "Look at an order",
    parameters: [ORDER_ID],
    responses: {
      200: { description: "The order.", content: { "application/json": { schema: ref("OrderView") } } },
      ...refusals(403, 404, 429, 500),
    },
    ...calls(uri),
  };
}

/** Answered by the gateway alone: it tells that the API is there, and costs no function. */
function health(): object {
  return {
    operationId: "health",
    summary: "Whether the API is there",
    ...mock(200, { headers: CORS_HEADERS, template: '{"status":"ok"}' }),
  };
}

/** Browsers ask without an API key, so there is no security here. */
function preflight(parameters: readonly object[] = []): object {
  return {
    summary: "CORS",
    ...(parameters.length === 0 ? {} : { parameters }),
    ...mock(204, { headers: PREFLIGHT_HEADERS, template: "" }),
  };
}

/** An operation that a function answers for callers with an API key, once the gateway has looked at the request. */
function calls(uri: unknown): object {
  return {
    security: [{ apiKey: [] }],
    "x-amazon-apigateway-request-validator": "full",
    "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri },
  };
}

function mock(
  status: number,
  { headers, template }: { readonly headers: Readonly<Record<string, string>>; readonly template: string },
): object {
  const names = Object.keys(headers);
  return {
    responses: {
      [status]: {
        description: "Always.",
        headers: Object.fromEntries(names.map((name) => [name, { schema: { type: "string" } }])),
      },
    },
    "x-amazon-apigateway-integration": {
      type: "mock",
      // Chooses the response below, whatever its status: the gateway wants one of its own to begin with.
      requestTemplates: { "application/json": JSON.stringify({ statusCode: status }) },
      passthroughBehavior: "never",
      responses: {
        default: {
          statusCode: String(status),
          responseParameters: Object.fromEntries(
            names.map((name) => [`method.response.header.${name}`, `'${headers[name] ?? ""}'`]),
          ),
          responseTemplates: { "application/json": template },
        },
      },
    },
  };
}

function refusals(...statuses: number[]): object {
  const content = { [PROBLEM_MEDIA_TYPE]: { schema: ref("ProblemBody") } };
  return Object.fromEntries(statuses.map((status) => [status, { description: "See the problem's title.", content }]));
}

function ref(schema: string): object {
  return { $ref: `#/components/schemas/${schema}` };
}
