import { OPERATIONS } from "../contracts/operations";
import { MESSAGE, NO_SUCH_OPERATION, type Refusal } from "./gatewayResponses";

/** The security schemes that a caller of an operation must satisfy. */
export type Security = readonly Readonly<Record<string, readonly never[]>>[];

/** How an API knows its callers, as its document says it. */
export interface ApiCallers {
  readonly security: Security;
  readonly securitySchemes: object;
  readonly extensions: object;
  /** What the gateway says to those whom it does not know. */
  readonly refusals: Readonly<Record<string, Refusal>>;
}

/** @param roleArns whose signed requests are taken; without them, those with an API key */
export function apiCallers(roleArns: readonly string[] | undefined): ApiCallers {
  return roleArns === undefined ? BY_KEY : { ...BY_SIGNATURE, extensions: { [POLICY]: invokePolicy(roleArns) } };
}

const BY_KEY: ApiCallers = {
  security: [{ apiKey: [] }],
  securitySchemes: { apiKey: { type: "apiKey", name: "x-api-key", in: "header" } },
  extensions: { "x-amazon-apigateway-api-key-source": "HEADER" },
  refusals: {
    INVALID_API_KEY: { kind: "unknown-caller", detail: "Send a valid API key in the header x-api-key." },
    // No operation here asks for a token, so the gateway says this only of a method or path that does not exist.
    MISSING_AUTHENTICATION_TOKEN: NO_SUCH_OPERATION,
    QUOTA_EXCEEDED: { kind: "quota-exceeded", detail: "The API key's quota is used up." },
  },
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html */
const BY_SIGNATURE: Omit<ApiCallers, "extensions"> = {
  security: [{ sigv4: [] }],
  securitySchemes: {
    sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
  },
  refusals: {
    // The gateway answers both alike.
    MISSING_AUTHENTICATION_TOKEN: {
      kind: "unknown-caller",
      detail: "The request is not signed with Signature Version 4, or the API has no such method and path.",
    },
    INVALID_SIGNATURE: { kind: "unknown-caller", detail: MESSAGE },
    EXPIRED_TOKEN: { kind: "unknown-caller", detail: "The session token of the credentials has expired." },
  },
};

const POLICY = "x-amazon-apigateway-policy";

/**
 * Who may call: the roles everything, anybody what asks for no signature. It stands in the document and not in a
 * resource of its own, because an import puts the whole API in the place of the one before, its policy included, and
 * because a policy takes effect only with the next deployment, which follows the document.
 *
 * For a role of the API's own account this is enough, whatever the policies of the role say short of a denial. A role of
 * another account must be allowed execute-api:Invoke by its own policies too. Methods without IAM are open only to those
 * whom the policy allows:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 *
 * Resources without account and API become whole ones as the gateway imports them.
 */
function invokePolicy(roleArns: readonly string[]): object {
  const { method, path } = OPERATIONS.health;
  const Action = "execute-api:Invoke";
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Tenants", Effect: "Allow", Principal: { AWS: roleArns }, Action, Resource: "execute-api:/*" },
      {
        ...{ Sid: "Anybody", Effect: "Allow", Principal: "*", Action },
        Resource: [`execute-api:/*/${method}${path}`, "execute-api:/*/OPTIONS/*"],
      },
    ],
  };
}
