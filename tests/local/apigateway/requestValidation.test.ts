import assert from "node:assert/strict";
import { closeAll, deploy, type Gateway, goodOrder, keyValue, openApi } from "./gateway";

const problem = {
  "x-amazon-apigateway-gateway-responses": {
    DEFAULT_4XX: {
      responseParameters: { "gatewayresponse.header.Content-Type": "'application/problem+json'" },
      responseTemplates: {
        "application/json":
          '{"title":$context.error.messageString,"errors":"$context.error.validationErrorString","correlationId":"$context.extendedRequestId"}',
      },
    },
  },
};

describe("validation of requests", () => {
  afterEach(closeAll);
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await deploy({ document: openApi(problem) });
  });

  const refusals: [string, unknown, string][] = [
    ["a missing property", { userId: "u" }, '[object has missing required properties (["items"])]'],
    [
      "an incomplete order, without a look at its lines,",
      { items: [{ qty: 0 }] },
      '[object has missing required properties (["userId"])]',
    ],
    ["two missing properties", {}, '[object has missing required properties (["items","userId"])]'],
    [
      "an empty list",
      { userId: "u", items: [] },
      "[array is too short: must have at least 1 elements but instance has 0 elements]",
    ],
    [
      "a null in a list",
      { userId: "u", items: [null] },
      '[instance type (null) does not match any allowed primitive type (allowed: ["object"])]',
    ],
    [
      "a quantity of zero",
      { userId: "u", items: [{ productId: "p", qty: 0 }] },
      "[numeric instance is lower than the required minimum (minimum: 1, found: 0)]",
    ],
    [
      "a quantity that is a text",
      { userId: "u", items: [{ productId: "p", qty: "1" }] },
      '[instance type (string) does not match any allowed primitive type (allowed: ["integer"])]',
    ],
    [
      "an unknown property",
      { ...goodOrder, admin: true },
      '[object instance has properties which are not allowed by the schema: ["admin"]]',
    ],
    ["an empty text", { ...goodOrder, userId: "" }, '[string "" is too short (length: 0, required minimum: 1)]'],
  ];
  for (const [what, body, errors] of refusals) {
    it(`refuses ${what} with a problem document and invokes nothing`, async () => {
      const response = await gateway.order(body);
      assert.equal(response.status, 400);
      assert.equal(response.headers.get("content-type"), "application/problem+json");
      assert.equal(response.headers.get("x-amzn-errortype"), "BadRequestException");
      const document: any = await response.json();
      assert.equal(document.title, "Invalid request body");
      assert.equal(document.errors, errors);
      assert.match(document.correlationId, /^.{15}=$/);
      assert.equal(gateway.events.length, 0);
    });
  }

  it("refuses broken JSON and an empty body", async () => {
    for (const body of ['{"userId":', ""]) {
      const response = await gateway.order(body);
      assert.equal(response.status, 400);
      assert.match(((await response.json()) as any).errors, /^\[Could not parse request body into json/);
    }
    assert.equal(gateway.events.length, 0);
  });

  it("lets a good body through, whatever parameters its content type has", async () => {
    assert.equal((await gateway.order(goodOrder, { "content-type": "Application/JSON; charset=utf-8" })).status, 200);
  });

  it("takes a body without content type for JSON", async () => {
    const body = new Blob([JSON.stringify({ userId: "u" })]);
    const response = await gateway.call("/orders", { method: "POST", headers: { "x-api-key": keyValue }, body });
    assert.equal(response.status, 400);
  });

  it("does not validate a body of a content type that has no model, as on AWS", async () => {
    assert.equal((await gateway.order("{", { "content-type": "text/plain" })).status, 200);
    assert.equal(gateway.events[0].body, "{");
  });

  it("validates every content type by the model for $default", async () => {
    const document = openApi(problem);
    const content = { $default: { schema: { $ref: "#/components/schemas/NewOrder" } } };
    document["paths"]["/orders"].post.requestBody = { content };
    const strict = await deploy({ document });
    assert.equal((await strict.order("{", { "content-type": "text/plain" })).status, 400);
  });

  it("wants required parameters there and not blank, by their exact name", async () => {
    for (const path of ["/orders", "/orders?userId=", "/orders?userId=%20", "/orders?userid=u"]) {
      const response = await gateway.call(path);
      assert.equal(response.status, 400, path);
      const document: any = await response.json();
      assert.equal(document.title, "Missing required request parameters: [userId]");
    }
    assert.equal((await gateway.call("/orders?userId=u")).status, 200);
  });

  it("validates nothing without a validator", async () => {
    const document = openApi(problem);
    delete document["x-amazon-apigateway-request-validator"];
    const lax = await deploy({ document });
    assert.equal((await lax.order({})).status, 200);
    assert.equal((await lax.call("/orders")).status, 200);
  });

  it("lets an operation choose another validator than the API's", async () => {
    const document = openApi(problem);
    document["x-amazon-apigateway-request-validators"].params = { validateRequestParameters: true };
    document["paths"]["/orders"].post["x-amazon-apigateway-request-validator"] = "params";
    const lax = await deploy({ document });
    assert.equal((await lax.order({})).status, 200);
  });

  it("ignores the keywords that API Gateway ignores", async () => {
    const document = openApi(problem);
    const qty = { type: "integer", minimum: 1, exclusiveMinimum: true, format: "int32", nullable: true, example: 3 };
    document["components"].schemas.Line.properties.qty = qty;
    const lax = await deploy({ document });
    assert.equal((await lax.order(goodOrder)).status, 200);
    assert.equal((await lax.order({ userId: "u", items: [{ productId: "p", qty: null }] })).status, 400);
    const strict = deploy({ document, apiInputs: { failOnWarnings: true } });
    await assert.rejects(strict, /schemas\.Line\.properties\.qty\.nullable is ignored/);
  });
});
