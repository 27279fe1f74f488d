import assert from "node:assert/strict";
import { Clock } from "../../../local/clock";
import { closeAll, deploy, functionArn, Gateway, goodOrder, keyValue, ok, openApi, proxy } from "./gateway";

describe("the stand-in for API Gateway", () => {
  afterEach(closeAll);

  it("answers 503 until the API is realised and started", async () => {
    const gateway = new Gateway(new Clock());
    await gateway.listen();
    assert.equal((await gateway.call("/health")).status, 503);
    await gateway.close();
  });

  it("answers 503 once it is stopped", async () => {
    const gateway = await deploy();
    await gateway.service.stop();
    assert.equal((await gateway.call("/health")).status, 503);
  });

  it("lets a taken port surface as EADDRINUSE", async () => {
    const gateway = await deploy();
    const other = new Gateway(new Clock());
    const port = Number(new URL(gateway.url).port);
    await assert.rejects(other.service.listen(port, "127.0.0.1"), { code: "EADDRINUSE" });
  });

  it("closes at once though a client keeps its connection open", async () => {
    const gateway = await deploy();
    await (await gateway.call("/health")).text();
    await gateway.close();
    await assert.rejects(gateway.call("/health"));
  });

  it("gives a request up when it closes, so that a hanging function does not hold it", async () => {
    const gateway = await deploy({ answer: () => new Promise(() => undefined) });
    const cut = assert.rejects(gateway.call("/orders/1"));
    while (gateway.events.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await gateway.close();
    await cut;
  });

  it("answers a mock without a function, with the headers and the body of its templates", async () => {
    const gateway = await deploy();
    const response = await gateway.call("/health");
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("cache-control"), "no-store");
    assert.equal(response.headers.get("content-type"), "application/json");
    assert.deepEqual(await response.json(), { status: "ok", stage: "dev" });
    assert.equal(gateway.events.length, 0);
    const refused = await gateway.call("/health", { headers: { "content-type": "text/plain" } });
    assert.equal(refused.status, 415);
  });

  it("renders the parameters and the body of a request into the answer of a mock", async () => {
    const integration = {
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": $input.params("code")}' },
      responses: {
        "4\\d\\d": { statusCode: "404", responseTemplates: { "application/json": "none" } },
        default: {
          statusCode: "200",
          responseTemplates: {
            "application/json": `{"said":"$util.escapeJavaScript($input.body)","to":"$input.params('name')"}`,
          },
        },
      },
    };
    const responses = { 200: { description: "ok" }, 404: { description: "none" } };
    const document = openApi({
      paths: { "/echo/{name}": { post: { responses, "x-amazon-apigateway-integration": integration } } },
    });
    const gateway = await deploy({ document });
    const send = (code: string) =>
      gateway.call(`/echo/ada?code=${code}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '"hi"',
      });
    assert.deepEqual(await (await send("200")).json(), { said: '"hi"', to: "ada" });
    const missing = await send("404");
    assert.deepEqual([missing.status, await missing.text()], [404, "none"]);
    assert.equal((await send("many")).status, 500);
  });

  it("answers 500 when a header cannot be sent", async () => {
    const responseParameters = { "gatewayresponse.header.X-Page": "method.request.querystring.page" };
    const document = openApi({ "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: { responseParameters } } });
    const gateway = await deploy({ document });
    assert.equal((await gateway.call("/nothing?page=%0A")).status, 500);
  });

  it("hands a request to the function and its answer to the client", async () => {
    const gateway = await deploy({
      answer: () => ok({ statusCode: 201, headers: { Location: "/orders/1" }, body: '{"orderId":"1"}' }),
    });
    const response = await gateway.order(goodOrder);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get("location"), "/orders/1");
    assert.deepEqual(await response.json(), { orderId: "1" });
    assert.match(response.headers.get("x-amzn-requestid") ?? "", /^[0-9a-f-]{36}$/);
    assert.match(response.headers.get("x-amz-apigw-id") ?? "", /^.{15}=$/);
    assert.equal(gateway.invoked[0]?.target, functionArn);
    assert.equal(gateway.invoked[0]?.traceHeader, response.headers.get("x-amzn-trace-id"));
  });

  it("tells the feed of each answered request", async () => {
    const gateway = await deploy();
    await gateway.call("/orders/1");
    await gateway.call("/nothing");
    const [found, missing] = gateway.requests;
    assert.deepEqual([found?.method, found?.path, found?.status], ["GET", "/orders/1", 200]);
    assert.equal(found?.invoked, "orders-create");
    assert.deepEqual([missing?.status, missing?.invoked], [403, undefined]);
  });

  it("accepts the stage as the first segment of the path, and tells the function the path without it", async () => {
    const gateway = await deploy();
    assert.equal((await gateway.call("/dev/orders/1")).status, 200);
    assert.equal(gateway.events[0].path, "/orders/1");
    assert.equal(gateway.events[0].requestContext.path, "/dev/orders/1");
    assert.equal((await gateway.call("/prod/orders/1")).status, 403);
  });

  it("holds the clock at the speed of the wall while a client waits", async () => {
    const clock = new Clock(1_000_000);
    let passedMs = Number.NaN;
    const gateway = await deploy({
      clock,
      answer: async () => {
        const startedMs = clock.now();
        await new Promise((resolve) => setTimeout(resolve, 5));
        passedMs = clock.now() - startedMs;
        return ok({ statusCode: 204 });
      },
    });
    assert.equal((await gateway.call("/orders/1")).status, 204);
    assert.ok(passedMs < 100_000, `${passedMs} ms passed`);
  });

  it("makes up a key that stays the same at every start and is another one for another name", async () => {
    const [first, second] = [new Gateway(new Clock()), new Gateway(new Clock())];
    const one = await first.add("ApiKey", "acme", {});
    assert.match(one["value"], /^[A-Za-z0-9]{40}$/);
    assert.match(one["id"], /^[a-z0-9]{10}$/);
    assert.equal(one["value"], (await second.add("ApiKey", "acme", {}))["value"]);
    assert.notEqual(one["value"], (await second.add("ApiKey", "globex", {}))["value"]);
  });

  it("answers what the provider would compute", async () => {
    const gateway = await deploy();
    await gateway.add("Account", "account", { cloudwatchRoleArn: "arn:aws:iam::000000000000:role/logs" });
    const api = gateway.outputs.get("RestApi") ?? {};
    const stage = gateway.outputs.get("Stage") ?? {};
    assert.match(api["id"], /^[a-z0-9]{10}$/);
    assert.equal(api["executionArn"], `arn:aws:execute-api:eu-central-1:000000000000:${api["id"]}`);
    assert.equal(stage["invokeUrl"], "http://127.0.0.1:2");
    assert.equal(stage["arn"], `arn:aws:apigateway:eu-central-1::/restapis/${api["id"]}/stages/dev`);
    assert.equal(stage["executionArn"], `${api["executionArn"]}/dev`);
  });

  it("refuses by name what it cannot realise", async () => {
    await assert.rejects(deploy({ stageInputs: { canarySettings: {} } }), /canarySettings/);
    await assert.rejects(deploy({ stageInputs: { cacheClusterEnabled: true } }), /cacheClusterEnabled/);
    await assert.rejects(deploy({ apiInputs: { apiKeySource: "AUTHORIZER" } }), /apiKeySource/);
    await assert.rejects(deploy({ settings: { cachingEnabled: true } }), /cachingEnabled/);
    await assert.rejects(deploy({ settings: { throttleRate: 1 } }), /settings\.throttleRate/);
    await assert.rejects(deploy({ plan: { throttleSettings: { rateLimit: 1 } } }), /throttleSettings.*burstLimit/);
    await assert.rejects(deploy({ key: { value: "short" } }), /20 to 128/);
    const logging = {
      destinationArn: "arn:aws:firehose:eu-central-1:0:deliverystream/x",
      format: "$context.requestId",
    };
    await assert.rejects(deploy({ stageInputs: { accessLogSettings: logging } }), /destinationArn/);
  });

  it("takes a gateway response from a resource of its own", async () => {
    const inputs = { responseType: "MISSING_AUTHENTICATION_TOKEN", statusCode: "404" };
    const gateway = await deploy({ more: [{ type: "Response", inputs }] });
    assert.equal((await gateway.call("/nothing")).status, 404);
  });

  it("writes an access log line for each request, with a dash for what has no value", async () => {
    const format =
      '{"id":"$context.requestId","status":$context.status,"path":"$context.path","key":"$context.identity.apiKeyId","why":"$context.error.message","violations":"$context.error.validationErrorString"}';
    const destinationArn = "arn:aws:logs:eu-central-1:000000000000:log-group:/orders/access:*";
    const gateway = await deploy({ stageInputs: { accessLogSettings: { destinationArn, format } } });
    await gateway.call("/orders/1");
    await gateway.order({ userId: "u" });
    assert.equal(gateway.lines[0]?.group, "/orders/access");
    const [good, bad] = gateway.lines.map(({ message }) => JSON.parse(message));
    assert.deepEqual([good.status, good.path, good.key, good.why], [200, "/dev/orders/1", "-", "-"]);
    assert.equal(good.id, gateway.requests[0]?.requestId);
    assert.equal(bad.key, gateway.outputs.get("ApiKey")?.["id"]);
    assert.equal(bad.violations, '[object has missing required properties (["items"])]');
  });

  it("refuses an access log without a request id, or with a variable that AWS does not know", async () => {
    const destinationArn = "arn:aws:logs:eu-central-1:000000000000:log-group:/orders/access";
    const withFormat = (format: string) => deploy({ stageInputs: { accessLogSettings: { destinationArn, format } } });
    await assert.rejects(withFormat("$context.status"), /requestId/);
    await assert.rejects(withFormat("$context.requestId $context.statuss"), /context\.statuss/);
  });

  it("serves one stage only", async () => {
    const gateway = await deploy();
    const inputs = { restApi: gateway.outputs.get("RestApi")?.["id"], deployment: "d", stageName: "blue" };
    await assert.rejects(gateway.add("Stage", "blue", inputs), /one stage/);
  });

  it("keeps a disabled key out, and a key on two plans of one stage", async () => {
    const gateway = await deploy({ key: { enabled: false } });
    assert.equal((await gateway.order(goodOrder)).status, 403);
    const apiStages = [{ apiId: gateway.outputs.get("RestApi")?.["id"], stage: "dev" }];
    const plan = await gateway.add("UsagePlan", "second", { apiStages });
    const keyId = gateway.outputs.get("ApiKey")?.["id"];
    const joining = gateway.add("UsagePlanKey", "second", { keyId, keyType: "API_KEY", usagePlanId: plan["id"] });
    await assert.rejects(joining, /another usage plan/);
  });

  it("does without a key where the operation asks for none", async () => {
    const gateway = await deploy({
      document: openApi({ paths: { "/open": { get: { "x-amazon-apigateway-integration": proxy } } } }),
    });
    assert.equal((await gateway.call("/open", { headers: { "x-api-key": keyValue } })).status, 200);
    assert.equal("apiKeyId" in gateway.events[0].requestContext.identity, false);
  });
});
