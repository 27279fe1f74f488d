import { PREFLIGHT_HEADERS } from "../contracts/http";
import { GATEWAY_PROBLEMS, type ApiSchemaName, type Operation, type Parameter } from "../contracts/operations";
import { PROBLEM_KINDS, PROBLEM_MEDIA_TYPE } from "../contracts/problems";
import type { Security } from "./apiCallers";

/**
 * All that the gateway asks of a body: that it is a JSON object. Its own message about a body that breaks a model
 * cannot say where (`$context.error.validationErrorString` names no place), so the rest is left to the handler, which
 * lists every mistake with a pointer to it.
 */
export const JSON_OBJECT = { type: "object" } as const;

/**
 * What the gateway is told of an operation, beside what answers it. It understands no more of a parameter than its name
 * and whether it must be there:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function gatewayOperation({ summary, parameters, body, answers, problems, access }: Operation): object {
  const refusals = [...problems, ...(access === "tenant" ? GATEWAY_PROBLEMS : [])].map(
    (kind) => PROBLEM_KINDS[kind][0],
  );
  const answered = Object.entries(answers).map(
    ([status, { description, schema }]) => [status, { description, ...(schema && { content: json(schema) }) }] as const,
  );
  return {
    summary,
    ...(parameters.length > 0 && { parameters: parameters.map(gatewayParameter) }),
    ...(body && { requestBody: { required: true, content: json("JsonObject") } }),
    responses: Object.fromEntries([...answered, ...refusals.map((status) => [status, REFUSAL] as const)]),
  };
}

const REFUSAL = {
  description: "See the problem's type.",
  content: { [PROBLEM_MEDIA_TYPE]: { schema: ref("ProblemBody") } },
};

function gatewayParameter({ name, in: where, required }: Parameter): object {
  return { name, in: where, required, schema: { type: "string" } };
}

/** An operation that a function answers for callers who are known, once the gateway has looked at the request. */
export function calls(uri: unknown, security: Security): object {
  return {
    security,
    "x-amazon-apigateway-request-validator": "full",
    "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri },
  };
}

/** OPTIONS of an operation's path. Browsers ask without a key or a signature, so there is no security here. */
export function preflight({ parameters }: Operation): object {
  const inPath = parameters.filter(({ in: where }) => where === "path").map(gatewayParameter);
  return {
    summary: "CORS",
    ...(inPath.length > 0 && { parameters: inPath }),
    ...mock(204, { headers: PREFLIGHT_HEADERS, template: "" }),
  };
}

/** What the gateway always answers by itself, and the declaration of it that the gateway demands. */
export function mock(
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

function json(schema: ApiSchemaName | "JsonObject"): object {
  return { "application/json": { schema: ref(schema) } };
}

function ref(schema: ApiSchemaName | "JsonObject"): object {
  return { $ref: `#/components/schemas/${schema}` };
}
