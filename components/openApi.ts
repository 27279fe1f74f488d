import { CORS_HEADERS } from "../contracts/http";
import { API_SCHEMAS, type ApiSchemaName, type Operation, type OperationId, OPERATIONS } from "../contracts/operations";
import { apiCallers, type Security } from "./apiCallers";
import { gatewayModel } from "./gatewayModel";
import { calls, gatewayOperation, JSON_OBJECT, mock, preflight } from "./gatewayOperation";
import { gatewayResponses } from "./gatewayResponses";

/** Operations that a stack may be without; then its document is without their paths. */
type OptionalOperation = "reportOrders";

/** What answers the API: the invoke ARN, or an Output of it, of the function behind each operation. */
export type OperationUris<Uri> = Readonly<
  Record<Exclude<OperationId, "health" | OptionalOperation>, Uri> & { [Id in OptionalOperation]?: Uri }
>;

/**
 * The API as an OpenAPI 3.0 document that API Gateway imports, made of the operations of contracts/operations.ts. What
 * the gateway does beyond the standard stands in `x-amazon-apigateway-…` fields; `security` stands at each operation,
 * as at the root it is ignored:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 *
 * It says only what the gateway acts upon. The document for people, with the rest, is docs/openapi.json.
 *
 * @param roleArns whose signed requests are taken; without them, those with an API key
 */
export function openApiDocument<Uri>(title: string, uris: OperationUris<Uri>, roleArns?: readonly string[]): object {
  const { security, securitySchemes, extensions, refusals } = apiCallers(roleArns);
  return {
    openapi: "3.0.1",
    info: { title, version: "1", description: "Takes orders, and tells what became of them." },
    paths: paths(uris, security),
    components: {
      schemas: { JsonObject: gatewayModel(JSON_OBJECT), ...answerModels() },
      securitySchemes,
    },
    ...extensions,
    "x-amazon-apigateway-request-validators": {
      full: { validateRequestBody: true, validateRequestParameters: true },
    },
    "x-amazon-apigateway-gateway-responses": gatewayResponses(refusals),
  };
}

function paths(uris: Readonly<Partial<Record<OperationId, unknown>>>, security: Security): object {
  const byPath = new Map<string, Record<string, object>>();
  for (const [id, operation] of Object.entries(OPERATIONS) as [OperationId, Operation][]) {
    if (id !== "health" && uris[id] === undefined) continue;
    const item = byPath.get(operation.path) ?? {};
    byPath.set(operation.path, item);
    item[operation.method.toLowerCase()] = {
      operationId: id,
      ...gatewayOperation(operation),
      ...(id === "health" ? healthMock(operation) : calls(uris[id], security)),
    };
    item["options"] = preflight(operation);
  }
  return Object.fromEntries(byPath);
}

/** Answered by the gateway alone: it tells that the API is there, and costs no function. */
function healthMock({ answers }: Operation): object {
  return mock(200, { headers: CORS_HEADERS, template: JSON.stringify(answers[200]?.example) });
}

/** The shapes of what the functions answer. What they take in is not told to the gateway, which would check it. */
function answerModels(): object {
  const requests = new Set<ApiSchemaName>(
    Object.values<Operation>(OPERATIONS).flatMap(({ body }) => body?.schema ?? []),
  );
  const answers = Object.entries(API_SCHEMAS).filter(([name]) => !requests.has(name as ApiSchemaName));
  return Object.fromEntries(answers.map(([name, schema]) => [name, gatewayModel(schema)]));
}
