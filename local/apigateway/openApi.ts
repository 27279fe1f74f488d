import type { ApiDefinition, ApiOperation } from "./apiDefinition";
import { JsonPlace } from "./jsonPlace";
import { readModels } from "./bodyModel";
import { type GatewayResponse, readGatewayResponse } from "./gatewayResponse";
import { type GatewayResponseType, isGatewayResponseType } from "./gatewayFailure";
import { OperationReader } from "./openApiOperation";

const knownAtRoot = [
  ...["openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs"],
  "x-amazon-apigateway-api-key-source",
  "x-amazon-apigateway-binary-media-types",
  "x-amazon-apigateway-documentation",
  "x-amazon-apigateway-endpoint-configuration",
  "x-amazon-apigateway-gateway-responses",
  "x-amazon-apigateway-importexport-version",
  "x-amazon-apigateway-policy",
  "x-amazon-apigateway-request-validator",
  "x-amazon-apigateway-request-validators",
];
const methods = ["get", "put", "post", "delete", "options", "head", "patch"];
const anyMethod = "x-amazon-apigateway-any-method";

/** What the resource says beside its document. */
export interface OpenApiOptions {
  /** Turns what API Gateway merely ignores into a refusal, as `failOnWarnings` does. */
  readonly failOnWarnings: boolean;
  /** From the resource; those of the document are added. */
  readonly binaryMediaTypes: readonly string[];
}

/**
 * Reads an OpenAPI 3.0 document as API Gateway imports it. Fails with every problem at once, each with
 * its place: what API Gateway refuses, and what this stand-in does not do.
 *
 * Root-level `security` is ignored, as on AWS:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 *
 * @param body JSON text
 */
export function readOpenApi(body: string, options: OpenApiOptions): ApiDefinition {
  const problems: string[] = [];
  const root = JsonPlace.root(parse(body), problems);
  root.knows(knownAtRoot);
  refuseOtherVersions(root);
  const models = readModels(root, options);
  const reader = new OperationReader(root, models);
  const operations = root
    .get("paths")
    .members()
    .flatMap(([path, item]) => readPathItem(path, item, reader));
  refuseRivalParameters(operations, root);
  const policy = root.get("x-amazon-apigateway-policy");
  const definition = {
    operations,
    ...(policy.exists && { policy: JSON.stringify(policy.value) }),
    gatewayResponses: readGatewayResponses(root),
    binaryMediaTypes: [...options.binaryMediaTypes, ...readBinaryMediaTypes(root)],
  };
  if (problems.length > 0) throw new Error(`API Gateway would refuse this API: ${problems.join(" ")}`);
  return definition;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new Error(`the body must be an OpenAPI document in JSON: ${(error as Error).message}`, { cause: error });
  }
}

function refuseOtherVersions(root: JsonPlace): void {
  const version = root.get("openapi");
  if (version.text()?.startsWith("3.0.") !== true) version.refuse('must be a version of OpenAPI 3.0, such as "3.0.1".');
  const keySource = root.get("x-amazon-apigateway-api-key-source");
  if (keySource.exists && keySource.text() !== "HEADER") keySource.refuse("can only be HEADER here.");
}

function readPathItem(path: string, item: JsonPlace, reader: OperationReader): readonly ApiOperation[] {
  item.knows([...methods, anyMethod, "parameters", "summary", "description"]);
  for (const segment of path.split("/")) {
    if (/[{}]/.test(segment) && !/^\{[\w.-]+\+?\}$/.test(segment)) {
      item.refuse(`has the segment "${segment}": a path parameter must be a whole segment.`);
    }
  }
  if (!path.startsWith("/") || /\+\}.*\//.test(path)) {
    item.refuse('must begin with "/", and a greedy parameter such as {proxy+} must be its last segment.');
  }
  return item.members().flatMap(([key, operation]) => {
    if (key !== anyMethod && !methods.includes(key)) return [];
    const method = key === anyMethod ? "ANY" : key.toUpperCase();
    return reader.read({ method, resourcePath: path, operation, shared: item.get("parameters") });
  });
}

/** "A sibling of this resource already has a variable path part; only one is allowed." */
function refuseRivalParameters(operations: readonly ApiOperation[], root: JsonPlace): void {
  const parameterOf = new Map<string, string>();
  for (const { resourcePath } of operations) {
    const segments = resourcePath.split("/");
    segments.forEach((segment, index) => {
      if (!segment.startsWith("{") || segment.endsWith("+}")) return;
      const parent = segments.slice(0, index).join("/");
      const rival = parameterOf.get(parent) ?? segment;
      parameterOf.set(parent, rival);
      if (rival === segment) return;
      root.get("paths").get(resourcePath).refuse(`names ${segment} where another path names ${rival}.`);
    });
  }
}

function readGatewayResponses(root: JsonPlace): ReadonlyMap<GatewayResponseType, GatewayResponse> {
  const responses = new Map<GatewayResponseType, GatewayResponse>();
  for (const [type, place] of root.get("x-amazon-apigateway-gateway-responses").members()) {
    if (isGatewayResponseType(type)) responses.set(type, readGatewayResponse(place));
    else place.refuse("is not a type of gateway response.");
  }
  return responses;
}

function readBinaryMediaTypes(root: JsonPlace): readonly string[] {
  const places = root.get("x-amazon-apigateway-binary-media-types").elements();
  return places.flatMap((place) => place.text() ?? []);
}
