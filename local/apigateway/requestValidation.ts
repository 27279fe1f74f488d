import type { ApiOperation, RequiredParameter } from "./apiDefinition";
import { type Exchange, mediaTypeOf, queryOf } from "./exchange";
import { GatewayFailure } from "./gatewayFailure";

/**
 * Does what the operation's request validator asks for, parameters first. A required parameter must be there and not
 * blank, nothing more; the names of headers and query parameters are compared with their letter case. A body is held
 * against the model of its content type; without such a model (and none for `$default`) it is not validated.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 *
 * @throws GatewayFailure BAD_REQUEST_PARAMETERS or BAD_REQUEST_BODY
 */
export function validateRequest(operation: ApiOperation, exchange: Exchange): void {
  const missing = operation.requiredParameters.filter((parameter) => isBlank(valueOf(parameter, exchange)));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    throw new GatewayFailure("BAD_REQUEST_PARAMETERS", { message: `Missing required request parameters: [${names}]` });
  }
  validateBody(operation, exchange);
}

function validateBody({ bodyModels }: ApiOperation, { request }: Exchange): void {
  const model = bodyModels.get(mediaTypeOf(request)) ?? bodyModels.get("$default");
  if (model === undefined) return;
  const violations = model.violations(parse(request.body));
  if (violations.length === 0) return;
  throw new GatewayFailure("BAD_REQUEST_BODY", { validationErrorString: `[${violations.join(", ")}]` });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (error) {
    const validationErrorString = `[Could not parse request body into json: ${(error as Error).message}]`;
    throw new GatewayFailure("BAD_REQUEST_BODY", { validationErrorString });
  }
}

function valueOf({ name, in: where }: RequiredParameter, { request, pathParameters }: Exchange): string | undefined {
  if (where === "path") return pathParameters[name];
  const pairs = where === "header" ? request.headers : queryOf(request);
  return pairs.find(([candidate]) => candidate === name)?.[1];
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === "";
}
