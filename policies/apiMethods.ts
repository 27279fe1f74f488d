import { at, isFields, listAt, parsed, textAt } from "./fields";

/** A method of a REST API that is imported from an OpenAPI document. */
export interface ApiMethod {
  readonly verb: string;
  readonly path: string;
  /** Names of the security schemes that a caller must satisfy; empty when anybody may call. */
  readonly schemes: readonly string[];
  /** The kind of each of those schemes: `key`, `iam`, or another authorizer. */
  readonly proofs: readonly ("key" | "iam" | "authorizer")[];
  /** Whether the gateway looks at body and parameters before it calls anything. */
  readonly validated: boolean;
}

const VERBS = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"];

/** The methods of a REST API's `body`. */
export function methodsOf(body: unknown): readonly ApiMethod[] {
  const document = parsed(body);
  const paths = at(document, "paths");
  if (!isFields(paths)) return [];
  return Object.keys(paths).flatMap((path) =>
    VERBS.flatMap((verb) => {
      const operation = at(paths[path], verb);
      return isFields(operation) ? [methodOf(document, path, { verb, operation })] : [];
    }),
  );
}

function methodOf(
  document: unknown,
  path: string,
  { verb, operation }: { readonly verb: string; readonly operation: unknown },
): ApiMethod {
  const schemes = listAt(operation, "security").flatMap((needed) => (isFields(needed) ? Object.keys(needed) : []));
  const validator =
    textAt(operation, "x-amazon-apigateway-request-validator") ||
    textAt(document, "x-amazon-apigateway-request-validator");
  const validates = at(document, "x-amazon-apigateway-request-validators", validator);
  return {
    ...{ verb: verb.toUpperCase(), path, schemes },
    proofs: schemes.map((scheme) => proofOf(at(document, "components", "securitySchemes", scheme))),
    validated: at(validates, "validateRequestBody") === true && at(validates, "validateRequestParameters") === true,
  };
}

function proofOf(scheme: unknown): ApiMethod["proofs"][number] {
  const kind = textAt(scheme, "x-amazon-apigateway-authtype");
  if (kind === "awsSigv4") return "iam";
  return kind === "" ? "key" : "authorizer";
}
