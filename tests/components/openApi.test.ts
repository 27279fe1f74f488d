import assert from "node:assert/strict";
import { openApiDocument } from "../../components/openApi";

const document = openApiDocument("orders", { createOrder: "arn:create", getOrder: "arn:get" }) as any;
const operations: [path: string, method: string, operation: any][] = Object.entries<any>(document.paths).flatMap(
  ([path, item]) =>
    Object.entries<any>(item).map(([method, operation]) => [path, method, operation] as [string, string, any]),
);

describe("the API's document", () => {
  it("sends POST /orders and GET /orders/{orderId} to their functions, and answers the rest by itself", () => {
    const integrations = operations.map(([path, method, operation]) => {
      const { type, uri } = operation["x-amazon-apigateway-integration"];
      return `${method} ${path} ${type} ${uri ?? ""}`.trim();
    });
    assert.deepEqual(integrations, [
      "post /orders aws_proxy arn:create",
      "options /orders mock",
      "get /orders/{orderId} aws_proxy arn:get",
      "options /orders/{orderId} mock",
      "get /health mock",
      "options /health mock",
    ]);
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

  it("are problems that a browser may read, and valid JSON once the variables are in", () => {
    for (const [type, { statusCode, responseParameters, responseTemplates }] of responses) {
      const filled = responseTemplates["application/json"].replaceAll("$context.error.messageString", '"a \\"b\\""');
      const { status, detail, correlationId } = JSON.parse(filled);
      assert.equal(status === undefined ? undefined : String(status), statusCode, type);
      assert.notEqual(detail, "", type);
      assert.equal(correlationId, "$context.extendedRequestId");
      assert.equal(responseParameters["gatewayresponse.header.Content-Type"], "'application/problem+json'");
      assert.equal(responseParameters["gatewayresponse.header.Access-Control-Allow-Origin"], "'*'");
    }
  });

  it("set no status for the kinds that others fall back on, which would change them all", () => {
    const without = responses.filter(([, { statusCode }]) => statusCode === undefined).map(([type]) => type);
    assert.deepEqual(without, ["DEFAULT_4XX", "DEFAULT_5XX"]);
  });

  it("call an unknown path a 404 and say when to come back after a 429", () => {
    const named = Object.fromEntries(responses);
    assert.equal(named.MISSING_AUTHENTICATION_TOKEN.statusCode, "404");
    assert.equal(named.THROTTLED.responseParameters["gatewayresponse.header.Retry-After"], "'1'");
  });
});
