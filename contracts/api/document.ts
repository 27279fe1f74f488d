import { OPERATIONS, type Operation } from "../operations";
import { ANSWER_HEADERS } from "./headers";
import { documentedOperation, problemExamples, sharedParameters } from "./documentedOperation";
import { documentedSchemas } from "./documentedSchemas";
import { API_DESCRIPTION, CALLERS, TAGS } from "./prose";

/** A JSON document. */
export type ApiDocument = Readonly<Record<string, unknown>>;

/**
 * The API as an OpenAPI 3.1 document for people and their tools: everything that contracts/operations.ts says, and
 * nothing of the gateway that serves it. What the gateway itself is told is in components/openApi.ts.
 */
export function apiDocument(): ApiDocument {
  const operations = Object.entries<Operation>(OPERATIONS);
  return {
    openapi: "3.1.0",
    info: {
      title: "Orderflow",
      version: "1",
      summary: "Takes orders, and tells what became of them.",
      description: API_DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: SERVERS,
    tags: TAGS,
    paths: pathsOf(operations),
    components: {
      schemas: documentedSchemas(),
      parameters: sharedParameters(operations.map(([, operation]) => operation)),
      headers: ANSWER_HEADERS,
      examples: problemExamples(operations.map(([, operation]) => operation)),
      securitySchemes: CALLERS,
    },
  };
}

const SERVERS = [
  {
    url: "https://{apiId}.execute-api.{region}.amazonaws.com/v1",
    description: "A deployed stack; the whole URL is the stack's output apiUrl.",
    variables: {
      apiId: { default: "api-id", description: "The id that API Gateway gave the API." },
      region: { default: "eu-central-1", description: "The AWS region of the stack." },
    },
  },
  {
    url: "http://127.0.0.1:{port}",
    description: "The pipeline on one machine (npm start).",
    variables: { port: { default: "3000", description: "As --port said." } },
  },
];

function pathsOf(operations: readonly (readonly [id: string, operation: Operation])[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [id, operation] of operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = documentedOperation(id, operation);
  }
  return paths;
}
