import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { closeAll, deploy, functionArn, openApi } from "./gateway";

const withResponses = (responses: Record<string, unknown>) =>
  openApi({ "x-amazon-apigateway-gateway-responses": responses });

describe("gateway responses", () => {
  afterEach(closeAll);

  it("answer an unknown path and an unknown method alike, 403 unless told otherwise", async () => {
    const plain = await deploy();
    for (const [method, path] of [
      ["GET", "/nothing"],
      ["DELETE", "/orders"],
      ["HEAD", "/health"],
    ] as const) {
      const response = await plain.call(path, { method });
      assert.equal(response.status, 403, `${method} ${path}`);
      assert.equal(response.headers.get("x-amzn-errortype"), "MissingAuthenticationTokenException");
    }
    assert.deepEqual(await (await plain.call("/nothing")).json(), { message: "Missing Authentication Token" });
    const told = await deploy({ document: withResponses({ MISSING_AUTHENTICATION_TOKEN: { statusCode: 404 } }) });
    assert.equal((await told.call("/nothing")).status, 404);
  });

  it("map headers from literals, the context, stage variables and the request", async () => {
    const document = withResponses({
      DEFAULT_4XX: {
        responseParameters: {
          "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
          "gatewayresponse.header.X-Request": "context.requestId",
          "gatewayresponse.header.X-Colour": "stageVariables.colour",
          "gatewayresponse.header.X-Echo": "method.request.header.x-echo",
          "gatewayresponse.header.X-Page": "method.request.querystring.page",
          "gatewayresponse.header.X-Absent": "method.request.header.absent",
        },
      },
    });
    const gateway = await deploy({ document, stageInputs: { variables: { colour: "green" } } });
    const { headers } = await gateway.call("/nothing?page=2", { headers: { "x-echo": "hello" } });
    assert.equal(headers.get("access-control-allow-origin"), "*");
    assert.equal(headers.get("x-request"), headers.get("x-amzn-requestid"));
    assert.deepEqual([headers.get("x-colour"), headers.get("x-echo"), headers.get("x-page")], ["green", "hello", "2"]);
    assert.equal(headers.has("x-absent"), false);
  });

  it("render their template for the type that the client accepts, else for JSON", async () => {
    const responseTemplates = {
      "application/problem+json": '{"type":"$context.error.responseType","path":"$context.path"}',
      "application/json": '{"error":$context.error.messageString}',
    };
    const gateway = await deploy({ document: withResponses({ DEFAULT_4XX: { responseTemplates } }) });
    const accept = "application/problem+json, */*";
    const problem = await gateway.call('/nothing"', { headers: { accept } });
    assert.equal(problem.headers.get("content-type"), "application/problem+json");
    const expected = { type: "MISSING_AUTHENTICATION_TOKEN", path: "/dev/nothing%22" };
    assert.deepEqual(await problem.json(), expected);
    const json = await gateway.call("/nothing");
    assert.deepEqual(await json.json(), { error: "Missing Authentication Token" });
  });

  it("take the status of DEFAULT_4XX and DEFAULT_5XX for every other that has none of its own", async () => {
    const document = withResponses({
      DEFAULT_4XX: { statusCode: 418 },
      DEFAULT_5XX: { statusCode: "503" },
      INVALID_API_KEY: { statusCode: "401" },
      BAD_REQUEST_PARAMETERS: { responseTemplates: { "application/json": "{}" } },
    });
    const unknown = new AwsError("ResourceNotFoundException", "no such function", 404);
    const gateway = await deploy({ document, answer: () => Promise.reject(unknown) });
    assert.equal((await gateway.call("/orders/1")).status, 503);
    assert.equal((await gateway.call("/nothing")).status, 418);
    assert.equal((await gateway.call("/orders")).status, 418);
    assert.equal((await gateway.order({}, { "x-api-key": "" })).status, 401);
  });

  it("cannot be customised for a request that is too large", async () => {
    const gateway = await deploy({ document: withResponses({ DEFAULT_4XX: { statusCode: 418 } }) });
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 65);
    assert.equal((await gateway.call("/orders", { method: "POST", body })).status, 413);
  });

  it("are refused where they cannot be rendered", async () => {
    const template = (text: string) =>
      deploy({ document: withResponses({ THROTTLED: { responseTemplates: { "application/json": text } } }) });
    await assert.rejects(template("#if($context.error.message)x#end"), /THROTTLED.*"#if"/);
    await assert.rejects(template("$input.params('x')"), /\$input\.params/);
    await assert.rejects(template("$context.eror.message"), /context\.eror\.message/);
    const parameters = { "gatewayresponse.body.x": "'1'", "gatewayresponse.header.x": "context.nothing" };
    const refused = deploy({ document: withResponses({ THROTTLED: { responseParameters: parameters } }) });
    await assert.rejects(refused, /gatewayresponse\.body\.x.*context\.nothing/s);
    await assert.rejects(deploy({ document: withResponses({ TEAPOT: {} }) }), /TEAPOT is not a type/);
  });
});

describe("routes", () => {
  afterEach(closeAll);

  it("prefer a literal segment to a parameter, and a parameter to a greedy one", async () => {
    const gateway = await deploy();
    for (const path of ["/orders/latest", "/orders/1/events", "/orders/1/", "/files/x/y/z"]) await gateway.call(path);
    assert.deepEqual(
      gateway.events.map(({ resource }) => resource),
      ["/orders/latest", "/orders/{orderId}/events", "/orders/{orderId}", "/files/{proxy+}"],
    );
    assert.equal((await gateway.call("/files")).status, 403);
    assert.equal((await gateway.call("/orders//events")).status, 403);
  });
});

describe("an API that API Gateway would refuse", () => {
  afterEach(closeAll);

  const changes: [string, (document: any) => void, RegExp][] = [
    ["an unknown extension", (d) => (d["x-amazon-apigateway-cors"] = {}), /x-amazon-apigateway-cors is not supported/],
    ["another version", (d) => (d.openapi = "3.1.0"), /openapi must be a version of OpenAPI 3\.0/],
    ["an operation without integration", (d) => (d.paths["/orders"].put = {}), /paths\.\/orders\.put has no x-amazon/],
    [
      "an HTTP integration",
      (d) => (d.paths["/orders"].get["x-amazon-apigateway-integration"] = { type: "http" }),
      /type must be aws_proxy or mock/,
    ],
    [
      "a foreign authorizer",
      (d) => (d.components.securitySchemes.api_key["x-amazon-apigateway-authorizer"] = {}),
      /x-amazon-apigateway-authorizer is not supported/,
    ],
    ["an unknown scheme", (d) => (d.paths["/orders"].get.security = [{ oauth: [] }]), /oauth is not among/],
    ["a parameter that is part of a segment", (d) => (d.paths["/orders/{id}.json"] = {}), /whole segment/],
    [
      "rival parameters",
      (d) => (d.paths["/orders/{id}/lines"] = d.paths["/orders/{orderId}"]),
      /names \{id\} where another path names \{orderId\}/,
    ],
    ["a model's name", (d) => (d.components.schemas["New_Order"] = {}), /alphanumeric/],
    [
      "a keyword of a later draft",
      (d) => (d.components.schemas.Line.properties.productId = { const: "x" }),
      /productId\.const is no keyword/,
    ],
    [
      "a numeric exclusiveMinimum",
      (d) => (d.components.schemas.Line.properties.qty = { exclusiveMinimum: 0 }),
      /exclusiveMinimum must be a boolean/,
    ],
    [
      "an empty list of required properties",
      (d) => (d.components.schemas.Line.required = []),
      /schemas\.Line is not a valid model/,
    ],
    [
      "a reference that leads nowhere",
      (d) => (d.components.schemas.Line.properties.qty = { $ref: "#/components/schemas/None" }),
      /None/,
    ],
    [
      "a reference inside oneOf",
      (d) => (d.components.schemas.Line = { oneOf: [{ $ref: "#/components/schemas/NewOrder" }] }),
      /must not be inside/,
    ],
    ["an undeclared validator", (d) => (d["x-amazon-apigateway-request-validator"] = "body"), /names "body"/],
    [
      "a GET to Lambda",
      (d) =>
        (d.paths["/orders"].get["x-amazon-apigateway-integration"] = {
          type: "aws_proxy",
          uri: functionArn,
          httpMethod: "GET",
        }),
      /httpMethod must be POST.*invoke ARN/s,
    ],
    [
      "a mock's undeclared header",
      (d) => delete d.paths["/health"].get.responses[200].headers,
      /must declare that header/,
    ],
    [
      "a mock's undeclared status",
      (d) => (d.paths["/health"].get["x-amazon-apigateway-integration"].responses.default.statusCode = "201"),
      /is 201, which the operation's responses do not declare/,
    ],
    [
      "a primitive response",
      (d) => (d.paths["/health"].get.responses[200].content = { "text/plain": { schema: { type: "string" } } }),
      /no primitive as a response/,
    ],
  ];
  for (const [what, change, message] of changes) {
    it(`is refused for ${what}, with its place`, async () => {
      const document = openApi();
      change(document);
      await assert.rejects(deploy({ document }), message);
    });
  }

  it("is refused for everything at once", async () => {
    const document = openApi({ openapi: "3.1.0", webhooks: {} });
    await assert.rejects(deploy({ document }), /webhooks.*openapi/s);
    await assert.rejects(deploy({ apiInputs: { body: "openapi: 3.0.1" } }), /in JSON/);
  });
});
