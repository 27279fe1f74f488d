import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import {
  CORS_HEADERS,
  type HttpHandler,
  type HttpOperations,
  type HttpRequest,
  type HttpResponse,
} from "../../contracts/http";
import { PROBLEM_MEDIA_TYPE, problem, type ProblemDocument } from "../../contracts/problems";
import { roleKeyOf } from "../../contracts/tenantRole";
import { addLogKeys, lambdaTelemetry, log } from "../telemetry";
import { isDependencyFault } from "./dependencyFault";

export interface HttpEntryOptions {
  /** Name of the function in logs and metrics. */
  readonly service: string;
  /** Tenant id by the id of its API key, or by the key of its role: an API knows its callers by the one or the other. */
  readonly tenants: Readonly<Record<string, string>>;
}

/**
 * A Lambda handler for API Gateway's REST proxy integration (payload 1.0) around operations of the API.
 * It finds the operation by method and path, and the tenant by the API key or the role of the caller, gives every answer
 * the correlation id and the CORS headers, and turns a thrown error into a problem: 503 when a service that it stands on
 * is away, else 500. It never throws.
 */
export function httpEntry({ service, tenants }: HttpEntryOptions, operations: HttpOperations) {
  const invocation = lambdaTelemetry(service);
  const tenantByCaller = new Map(Object.entries(tenants));

  return (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    const headers = lowerCased(event);
    const correlationId = correlationIdOf(headers);
    return invocation(context, { correlationId }, async () => {
      const startedAt = performance.now();
      const tenantId = tenantByCaller.get(callerOf(event));
      const response = await answer(
        tenantId && requestOf(event, { tenantId, headers, correlationId }),
        operationOf(event, operations),
      );
      const result = rendered(response, correlationId);
      // The path is left out, and so are query and body: they name customers. The resource is the path's template.
      const { httpMethod: method, resource } = event;
      const durationMs = Math.round(performance.now() - startedAt);
      log("info", "Answered a request.", { method, resource, status: result.statusCode, durationMs });
      return result;
    });
  };
}

/** The gateway tells of the one proof that the method asks for. */
function callerOf({ requestContext: { identity } }: APIGatewayProxyEvent): string {
  return roleKeyOf(identity.userArn ?? "") ?? identity.apiKeyId ?? "";
}

/** The gateway hands a function only the paths that it was told to; another one is a mistake of the program. */
function operationOf({ httpMethod, resource }: APIGatewayProxyEvent, operations: HttpOperations): HttpHandler {
  const name = `${httpMethod} ${resource}`;
  return (
    operations[name] ??
    (() => Promise.reject(new Error(`This function answers ${Object.keys(operations).join(", ")}, not ${name}.`)))
  );
}

async function answer(request: HttpRequest | "" | undefined, handle: HttpHandler): Promise<HttpResponse> {
  if (!request) return { problem: problem("unknown-caller", "The caller is no tenant of this service.") };
  addLogKeys({ tenantId: request.tenantId });
  try {
    return await handle(request);
  } catch (error) {
    log("error", "A request failed.", { error });
    if (isDependencyFault(error)) return unavailable();
    const detail =
      "The request failed for a reason on our side. Try again, and quote the correlation id if that fails too.";
    return { problem: problem("internal-fault", detail) };
  }
}

/** The request may have taken effect all the same: under the same idempotency key it can be sent again safely. */
function unavailable(): HttpResponse {
  const detail =
    "The service cannot answer now. Send the request again, with the same Idempotency-Key, after Retry-After.";
  return { problem: problem("unavailable", detail), headers: { "Retry-After": String(RETRY_AFTER_SECONDS) } };
}

const RETRY_AFTER_SECONDS = 5;

function requestOf(
  event: APIGatewayProxyEvent,
  known: Pick<HttpRequest, "tenantId" | "headers" | "correlationId">,
): HttpRequest {
  return {
    ...known,
    pathParameters: decoded(present(event.pathParameters)),
    query: present(event.queryStringParameters),
    ...repeated(event),
    body: event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : (event.body ?? ""),
  };
}

/**
 * A function gets the query decoded, but path parameters as the client encoded them
 * (https://github.com/aws/aws-sam-cli/issues/771). A percent sign that encodes nothing stands for itself.
 */
function decoded(pathParameters: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(pathParameters).map(([name, value]) => {
    try {
      return [name, decodeURIComponent(value)];
    } catch {
      return [name, value];
    }
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function repeated({ multiValueQueryStringParameters }: APIGatewayProxyEvent): Pick<HttpRequest, "repeatedQuery"> {
  const all = Object.entries(multiValueQueryStringParameters ?? {});
  const names = all.filter(([, values]) => (values?.length ?? 0) > 1).map(([name]) => name);
  return names.length > 0 ? { repeatedQuery: names } : {};
}

function rendered(response: HttpResponse, correlationId: string): APIGatewayProxyResult {
  const always = { ...CORS_HEADERS, "X-Correlation-Id": correlationId };
  if ("problem" in response) {
    const document: ProblemDocument = { ...response.problem, correlationId };
    const headers = { ...response.headers, ...always, "Content-Type": PROBLEM_MEDIA_TYPE };
    return { statusCode: document.status, headers, body: JSON.stringify(document) };
  }
  if (response.body === undefined) {
    return { statusCode: response.status, headers: { ...response.headers, ...always }, body: "" };
  }
  const headers = { "Content-Type": "application/json", ...response.headers, ...always };
  return { statusCode: response.status, headers, body: JSON.stringify(response.body) };
}

/**
 * Header names reach a function in the letter case of the client
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html).
 */
function lowerCased({ headers, multiValueHeaders }: APIGatewayProxyEvent): Record<string, string> {
  const all =
    multiValueHeaders ?? Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, [value]]));
  const byName = new Map<string, string[]>();
  for (const [name, values] of Object.entries(all)) {
    const given = (values ?? []).filter((value) => value !== undefined);
    byName.set(name.toLowerCase(), [...(byName.get(name.toLowerCase()) ?? []), ...given]);
  }
  return Object.fromEntries([...byName].map(([name, values]) => [name, values.join(", ")]));
}

const USABLE_CORRELATION_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The caller's own, if it can stand in logs and headers as it is. */
function correlationIdOf(headers: Readonly<Record<string, string>>): string {
  const given = headers["x-correlation-id"] ?? "";
  return USABLE_CORRELATION_ID.test(given) ? given : randomUUID();
}

function present(values: Readonly<Record<string, string | undefined>> | null): Record<string, string> {
  const entries = Object.entries(values ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
