import assert from "node:assert/strict";
import { openApiDocument } from "../../components/openApi";
import { OPERATIONS, type Operation, type OperationId } from "../../contracts/operations";
import { PROBLEM_KINDS } from "../../contracts/problems";
import { readOpenApi } from "../../local/apigateway/openApi";

const ids = Object.keys(OPERATIONS).filter((id) => id !== "health") as Exclude<OperationId, "health">[];
const arn = (id: string): string =>
  `arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:${id}/invocations`;
const uris = Object.fromEntries(ids.map((id) => [id, arn(id)])) as Record<Exclude<OperationId, "health">, string>;
const document = openApiDocument("orders", uris) as any;
const operations: [path: string, method: string, operation: any][] = Object.entries<any>(document.paths).flatMap(
  ([path, item]) =>
    Object.entries<any>(item).map(([method, operation]) => [path, method, operation] as [string, string, any]),
);
const told = (id: OperationId): any => operations.find(([, , { operationId }]) => operationId === id)?.[2];

describe("the API's document for the gateway", () => {
  it("sends every operation to its function, and answers health and OPTIONS by itself", () => {
    const integrations = operations.map(([path, method, operation]) => {
      const { type, uri } = operation["x-amazon-apigateway-integration"];
      return `${method} ${path} ${type} ${uri?.split(":").at(-1) ?? ""}`.trim();
    });
    const { health, ...called } = OPERATIONS;
    const expected = Object.entries<Operation>(called).map(
      ([id, { method, path }]) => `${method.toLowerCase()} ${path} aws_proxy ${id}/invocations`,
    );
    const paths = new Set(Object.values<Operation>(OPERATIONS).map(({ path }) => path));
    const preflights = [...paths].map((path) => `options ${path} mock`);
    assert.deepEqual(integrations.sort(), [...expected, `get ${health.path} mock`, ...preflights].sort());
  });

  it("leaves out the path of an operation that the stack is without", () => {
    const { reportOrders, ...always } = uris;
    const { paths } = openApiDocument("orders", always) as any;
    assert.ok(OPERATIONS.reportOrders.path in document.paths, reportOrders);
    assert.ok(!(OPERATIONS.reportOrders.path in paths));
  });

  it("is taken by the gateway without a keyword that it would ignore", () => {
    readOpenApi(JSON.stringify(document), { failOnWarnings: true, binaryMediaTypes: [] });
  });

  it("asks for an API key and checks the request wherever a function is called, and nowhere else", () => {
    for (const [path, method, operation] of operations) {
      const calls = operation["x-amazon-apigateway-integration"].type === "aws_proxy";
      assert.deepEqual(operation.security, calls ? [{ apiKey: [] }] : undefined, `${method} ${path}`);
      assert.equal(operation["x-amazon-apigateway-request-validator"], calls ? "full" : undefined, `${method} ${path}`);
    }
    assert.deepEqual(document["x-amazon-apigateway-request-validators"].full, {
      validateRequestBody: true,
      validateRequestParameters: true,
    });
  });

  it("asks for a signature instead, and lets the tenants' roles and nobody else call what needs one", () => {
    const roles = ["arn:aws:iam::123456789012:role/acme", "arn:aws:iam::210987654321:role/clients/globex"];
    const signed = openApiDocument("orders", uris, roles) as any;
    readOpenApi(JSON.stringify(signed), { failOnWarnings: true, binaryMediaTypes: [] });
    assert.deepEqual(signed.components.securitySchemes.sigv4["x-amazon-apigateway-authtype"], "awsSigv4");
    for (const [path, item] of Object.entries<any>(signed.paths)) {
      for (const [method, operation] of Object.entries<any>(item)) {
        const isOpen = method === "options" || path === "/health";
        assert.deepEqual(operation.security, isOpen ? undefined : [{ sigv4: [] }], `${method} ${path}`);
      }
    }
    const [tenants, anybody, ...others] = signed["x-amazon-apigateway-policy"].Statement;
    assert.deepEqual(
      [tenants.Effect, tenants.Principal, tenants.Resource],
      ["Allow", { AWS: roles }, "execute-api:/*"],
    );
    assert.deepEqual([anybody.Effect, anybody.Principal], ["Allow", "*"]);
    assert.deepEqual(anybody.Resource, ["execute-api:/*/GET/health", "execute-api:/*/OPTIONS/*"]);
    assert.deepEqual(others, []);
    const refusals = signed["x-amazon-apigateway-gateway-responses"];
    assert.equal(refusals.MISSING_AUTHENTICATION_TOKEN.statusCode, "403");
    assert.ok(!("INVALID_API_KEY" in refusals) && !("x-amazon-apigateway-policy" in document));
  });

  it("lets the gateway ask of a body that it is a JSON object, and leaves the rest to the handler", () => {
    assert.deepEqual(told("createOrder").requestBody, {
      required: true,
      content: { "application/json": { schema: { $ref: "#/components/schemas/JsonObject" } } },
    });
    assert.deepEqual(document.components.schemas.JsonObject, { type: "object" });
    assert.equal(document.components.schemas.PlaceOrderBody, undefined);
  });

  it("says of a parameter only its name, its place and whether it must be there", () => {
    for (const [id, { parameters }] of Object.entries<Operation>(OPERATIONS)) {
      const expected = parameters.map(({ name, in: where, required }) => {
        return { name, in: where, required, schema: { type: "string" } };
      });
      assert.deepEqual(told(id as OperationId).parameters ?? [], expected, id);
    }
  });

  it("leaves out what the gateway does nothing with: long descriptions, tags, examples, headers, kinds of problems", () => {
    for (const id of ids) {
      const operation = told(id);
      assert.deepEqual(
        Object.keys(operation).filter((key) => !/^(x-amazon-.*|parameters|requestBody)$/.test(key)),
        ["operationId", "summary", "responses", "security"],
        id,
      );
      for (const response of Object.values<any>(operation.responses)) {
        assert.deepEqual(
          Object.keys(response).filter((key) => key !== "content"),
          ["description"],
        );
        for (const content of Object.values<any>(response.content ?? {})) {
          assert.deepEqual(Object.keys(content), ["schema"]);
        }
      }
    }
    assert.deepEqual([document.servers, document.tags], [undefined, undefined]);
  });

  it("declares every header that a mock answers with, as the gateway demands", () => {
    for (const [path, method, operation] of operations) {
      const { type, responses } = operation["x-amazon-apigateway-integration"];
      if (type !== "mock") continue;
      const { statusCode, responseParameters } = responses.default;
      const declared = Object.keys(operation.responses[statusCode].headers).map(
        (name) => `method.response.header.${name}`,
      );
      assert.deepEqual(Object.keys(responseParameters), declared, `${method} ${path}`);
      assert.ok("method.response.header.Access-Control-Allow-Origin" in responseParameters);
    }
  });

  it("has models under names that the gateway takes", () => {
    for (const name of Object.keys(document.components.schemas)) assert.match(name, /^[A-Za-z0-9]+$/);
  });
});

describe("the gateway's own answers", () => {
  const responses = Object.entries<any>(document["x-amazon-apigateway-gateway-responses"]);
  const titles = new Map<string, string>(
    Object.entries(PROBLEM_KINDS).map(([kind, [, title]]) => [`urn:orderflow:problem:${kind}`, title]),
  );

  it("are known kinds of problems that a browser may read, and valid JSON once the variables are in", () => {
    for (const [response, { statusCode, responseParameters, responseTemplates }] of responses) {
      const filled = responseTemplates["application/json"].replaceAll("$context.error.messageString", '"a \\"b\\""');
      const { type, title, status, detail, correlationId } = JSON.parse(filled);
      assert.equal(title, titles.get(type) ?? assert.fail(type), response);
      assert.equal(status === undefined ? undefined : String(status), statusCode, response);
      assert.notEqual(detail, "", response);
      assert.equal(correlationId, "$context.extendedRequestId");
      assert.equal(responseParameters["gatewayresponse.header.Content-Type"], "'application/problem+json'");
      assert.equal(responseParameters["gatewayresponse.header.Access-Control-Allow-Origin"], "'*'");
      assert.equal(responseParameters["gatewayresponse.header.X-Correlation-Id"], "context.extendedRequestId");
    }
  });

  it("set no status for the kinds that others fall back on, which would change them all", () => {
    const without = responses.filter(([, { statusCode }]) => statusCode === undefined).map(([type]) => type);
    assert.deepEqual(without, ["DEFAULT_4XX", "DEFAULT_5XX"]);
  });

  it("call an unknown path a 404 and say when to come back after a 429 and a 504", () => {
    const named = Object.fromEntries(responses);
    assert.equal(named.MISSING_AUTHENTICATION_TOKEN.statusCode, "404");
    for (const type of ["THROTTLED", "INTEGRATION_TIMEOUT", "INTEGRATION_FAILURE"]) {
      assert.equal(named[type].responseParameters["gatewayresponse.header.Retry-After"], "'1'", type);
    }
    assert.equal(named.INTEGRATION_TIMEOUT.statusCode, "504");
  });
});
