import assert from "node:assert/strict";
import { AwsError } from "../../../local/awsError";
import { closeAll, deploy, keyValue, ok, openApi, proxy } from "./gateway";

describe("the proxy integration", () => {
  afterEach(closeAll);

  it("keeps header names in the client's letter case, and repeated ones", async () => {
    const gateway = await deploy();
    const headers = ["Host", "api.test:80", "IdemPotency-KEY", "k1", "X-Tag", "a", "X-Tag", "b", "User-Agent", "me"];
    await gateway.raw("GET", "/orders/1?tag=x&tag=y%20z&empty=", headers);
    const [event] = gateway.events;
    assert.equal(event.headers["IdemPotency-KEY"], "k1");
    assert.equal(event.headers["X-Tag"], "b");
    assert.deepEqual(event.multiValueHeaders["X-Tag"], ["a", "b"]);
    assert.deepEqual(event.queryStringParameters, { tag: "y z", empty: "" });
    assert.deepEqual(event.multiValueQueryStringParameters, { tag: ["x", "y z"], empty: [""] });
    assert.equal(event.requestContext.identity.userAgent, "me");
    assert.equal(event.headers["X-Forwarded-For"], "127.0.0.1");
    assert.equal("Connection" in event.headers, false);
  });

  it("builds the event of payload format 1.0", async () => {
    const gateway = await deploy({ stageInputs: { variables: { colour: "green" } } });
    await gateway.call("/orders/a%2Fb");
    const [event] = gateway.events;
    const { requestContext } = event;
    assert.equal(event.resource, "/orders/{orderId}");
    assert.equal(event.path, "/orders/a%2Fb");
    assert.equal(event.httpMethod, "GET");
    assert.deepEqual(event.pathParameters, { orderId: "a%2Fb" });
    assert.equal(event.queryStringParameters, null);
    assert.equal(event.multiValueQueryStringParameters, null);
    assert.deepEqual(event.stageVariables, { colour: "green" });
    assert.deepEqual([event.body, event.isBase64Encoded], [null, false]);
    assert.equal(requestContext.apiId, gateway.outputs.get("RestApi")?.["id"]);
    assert.deepEqual([requestContext.accountId, requestContext.stage], ["000000000000", "dev"]);
    assert.equal(requestContext.resourcePath, "/orders/{orderId}");
    assert.equal(requestContext.protocol, "HTTP/1.1");
    assert.match(requestContext.requestTime, /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    assert.equal(Number.isInteger(requestContext.requestTimeEpoch), true);
    assert.equal(requestContext.identity.sourceIp, "127.0.0.1");
    assert.equal(requestContext.domainName, `${requestContext.apiId}.execute-api.eu-central-1.amazonaws.com`);
  });

  it("hands over every name of a query, also one that objects have by themselves", async () => {
    const gateway = await deploy();
    await gateway.call("/orders/1?constructor=a&__proto__=b&__proto__=c");
    const { multiValueQueryStringParameters: query } = JSON.parse(JSON.stringify(gateway.events[0]));
    assert.deepEqual(Object.entries(query), [
      ["constructor", ["a"]],
      ["__proto__", ["b", "c"]],
    ]);
  });

  it("passes a 304 on without a body and without a type", async () => {
    const headers = { ETag: '"4"', "Cache-Control": "private" };
    const gateway = await deploy({ answer: () => ok({ statusCode: 304, headers, body: "" }) });
    const response = await gateway.call("/orders/1");
    assert.deepEqual([response.status, await response.text(), response.headers.get("etag")], [304, "", '"4"']);
    for (const name of ["content-type", "content-length"]) assert.equal(response.headers.get(name), null);
  });

  it("lets the client choose the request id, if it is a UUID, and go on with its trace", async () => {
    const gateway = await deploy();
    const requestId = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const headers = { "x-amzn-RequestId": requestId, "X-Amzn-Trace-Id": "Root=1-5759e988-bd862e3fe1be46a994272793" };
    const response = await gateway.call("/orders/1", { headers });
    assert.equal(response.headers.get("x-amzn-requestid"), requestId);
    assert.equal(gateway.invoked[0]?.traceHeader, "Root=1-5759e988-bd862e3fe1be46a994272793");
    await gateway.call("/orders/1", { headers: { "x-amzn-RequestId": "mine" } });
    assert.notEqual(gateway.events[1].requestContext.requestId, "mine");
  });

  it("hands binary bodies over in base64, and answers binary to a client that accepts it", async () => {
    const bytes = Buffer.from([0, 255, 1]);
    const gateway = await deploy({
      apiInputs: { binaryMediaTypes: ["image/png"] },
      answer: () => ok({ statusCode: 200, body: bytes.toString("base64"), isBase64Encoded: true }),
    });
    const send = (accept: string) =>
      gateway.call("/files/a/b.png", { method: "PUT", headers: { "content-type": "image/png", accept }, body: bytes });
    const binary = await send("image/png");
    assert.deepEqual(Buffer.from(await binary.arrayBuffer()), bytes);
    assert.deepEqual([gateway.events[0].body, gateway.events[0].isBase64Encoded], [bytes.toString("base64"), true]);
    assert.deepEqual(gateway.events[0].pathParameters, { proxy: "a/b.png" });
    assert.equal(await (await send("text/html")).text(), bytes.toString("base64"));
  });

  it("sends each of several values of a header, and gives other names to those it keeps for itself", async () => {
    const gateway = await deploy({
      answer: () =>
        ok({
          statusCode: 401,
          headers: { "WWW-Authenticate": "Bearer", Server: "mine", "Retry-After": 3 },
          multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] },
        }),
    });
    const response = await gateway.call("/orders/1");
    assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
    assert.equal(response.headers.get("www-authenticate"), null);
    assert.equal(response.headers.get("x-amzn-remapped-www-authenticate"), "Bearer");
    assert.equal(response.headers.get("x-amzn-remapped-server"), "mine");
    assert.equal(response.headers.get("retry-after"), "3");
    assert.equal(response.headers.get("content-type"), "application/json");
  });

  const malformed: [string, unknown][] = [
    ["nothing", null],
    ["a text", "hello"],
    ["no status", { body: "{}" }],
    ["an object as body", { statusCode: 200, body: {} }],
    ["a header that cannot be sent", { statusCode: 200, headers: { "X-Bad": "a\r\nb" } }],
    ["a list as header", { statusCode: 200, headers: { "X-Bad": ["a"] } }],
  ];
  for (const [what, payload] of malformed) {
    it(`answers 502 when the function returns ${what}`, async () => {
      const gateway = await deploy({ answer: () => ok(payload) });
      const response = await gateway.call("/orders/1");
      assert.equal(response.status, 502);
      assert.equal(response.headers.get("x-amzn-errortype"), "InternalServerErrorException");
      assert.deepEqual(await response.json(), { message: "Internal server error" });
      assert.match(gateway.troubles[0]?.message ?? "", /malformed Lambda proxy response/);
    });
  }

  it("answers 502 when the function fails, and says nothing of its error", async () => {
    const error = { errorType: "TypeError", errorMessage: "secret" };
    const gateway = await deploy({ answer: async () => ({ ok: false, error, requestId: "r" }) });
    const response = await gateway.call("/orders/1");
    assert.equal(response.status, 502);
    assert.doesNotMatch(await response.text(), /secret/);
    assert.match(gateway.troubles[0]?.message ?? "", /TypeError: secret/);
    assert.equal(gateway.requests[0]?.invoked, "orders-create");
  });

  it("answers 500 when the function cannot be called, and 413 when the event is too large for it", async () => {
    const failing = (error: Error) => deploy({ answer: () => Promise.reject(error) });
    const unknown = await failing(new AwsError("ResourceNotFoundException", "no such function", 404));
    assert.equal((await unknown.call("/orders/1")).status, 500);
    const throttled = await failing(new AwsError("TooManyRequestsException", "Rate Exceeded.", 429));
    assert.equal((await throttled.call("/orders/1")).status, 500);
    const large = await failing(new AwsError("RequestTooLargeException", "too large", 413));
    assert.equal((await large.call("/orders/1")).status, 413);
  });

  it("gives up after the integration's timeout with 504", async () => {
    const integration = { ...proxy, timeoutInMillis: 50 };
    const document = openApi({ paths: { "/slow": { get: { "x-amazon-apigateway-integration": integration } } } });
    const gateway = await deploy({ document, answer: () => new Promise(() => undefined) });
    const response = await gateway.call("/slow");
    assert.equal(response.status, 504);
    assert.deepEqual(await response.json(), { message: "Endpoint request timed out" });
  });

  it("refuses a body over 10 MB with 413 and headers over 10,240 bytes with 431", async () => {
    const gateway = await deploy();
    const headers = { "x-api-key": keyValue, "content-type": "text/plain" };
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 65);
    const large = await gateway.call("/orders", { method: "POST", headers, body });
    assert.equal(large.status, 413);
    const wide = await gateway.call("/orders/1", { headers: { "x-wide": "a".repeat(10_300) } });
    assert.equal(wide.status, 431);
    assert.equal(gateway.events.length, 0);
  });
});
