import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { HttpHandler, HttpRequest } from "../../../contracts/http";
import { problem } from "../../../contracts/problems";
import { httpEntry } from "../../../handlers/entries/httpEntry";
import { addLogKeys, count } from "../../../handlers/telemetry";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

const ok: HttpHandler = async () => ({ status: 200, body: { fine: true } });

async function call(handle: HttpHandler, rest: Record<string, unknown> = {}, apiKeyId: string | null = "key-acme") {
  const entry = httpEntry({ service: "test", tenants: { "key-acme": "acme" } }, { "POST /orders": handle });
  const event: any = {
    httpMethod: "POST",
    resource: "/orders",
    headers: {},
    pathParameters: null,
    queryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { identity: { apiKeyId } },
    ...rest,
  };
  let result: any;
  const lines = await linesOf(async () => (result = await entry(event, aContext)));
  return { ...result, lines, document: result.body === "" ? undefined : JSON.parse(result.body) };
}

async function requestOf(rest: Record<string, unknown>): Promise<HttpRequest> {
  let seen: HttpRequest | undefined;
  await call(async (request) => ((seen = request), { status: 200, body: {} }), rest);
  return seen ?? assert.fail();
}

describe("httpEntry", () => {
  it("translates an event into a request of its tenant", async () => {
    const request = await requestOf({
      headers: { "Content-Type": "application/json", "IDEMPOTENCY-Key": "k", "x-correlation-id": "corr.1" },
      pathParameters: { orderId: "o" },
      queryStringParameters: { limit: "5" },
      body: Buffer.from("ä").toString("base64"),
      isBase64Encoded: true,
    });
    assert.deepEqual(request, {
      tenantId: "acme",
      pathParameters: { orderId: "o" },
      query: { limit: "5" },
      headers: { "content-type": "application/json", "idempotency-key": "k", "x-correlation-id": "corr.1" },
      body: "ä",
      correlationId: "corr.1",
    });
  });

  it("decodes path parameters once, and leaves a percent sign that encodes nothing", async () => {
    const given = { one: "a%2Fb%20%C3%BC+c", two: "%2541", three: "100%" };
    const { pathParameters } = await requestOf({ pathParameters: given });
    assert.deepEqual(pathParameters, { one: "a/b ü+c", two: "%41", three: "100%" });
  });

  it("names the query parameters that came more than once", async () => {
    const multiValueQueryStringParameters = { limit: ["1", "2"], userId: ["u"] };
    const { repeatedQuery } = await requestOf({ multiValueQueryStringParameters });
    assert.deepEqual(repeatedQuery, ["limit"]);
  });

  it("answers without a body, and so without a type, when the operation has none to give", async () => {
    const answer = await call(async () => ({ status: 304, headers: { ETag: '"4"' } }));
    assert.deepEqual([answer.statusCode, answer.body, answer.headers.ETag], [304, "", '"4"']);
    assert.deepEqual(
      Object.keys(answer.headers).filter((name) => /^content-/i.test(name)),
      [],
    );
  });

  it("joins the values of a header that came twice, in whatever letter case", async () => {
    const { headers } = await requestOf({
      multiValueHeaders: { "Idempotency-Key": ["a"], "idempotency-key": ["b", "c"] },
    });
    assert.equal(headers["idempotency-key"], "a, b, c");
  });

  it("gives every answer the correlation id and the CORS headers", async () => {
    for (const handle of [ok, () => Promise.reject(new Error("x"))]) {
      const { headers } = await call(handle, { headers: { "X-Correlation-Id": "mine" } });
      assert.equal(headers["X-Correlation-Id"], "mine");
      assert.equal(headers["Access-Control-Allow-Origin"], "*");
    }
  });

  it("makes a correlation id when the caller's cannot be used", async () => {
    for (const given of ["", "a b", "x".repeat(129), "line\nbreak"]) {
      const { headers } = await call(ok, { headers: { "x-correlation-id": given } });
      assert.match(headers["X-Correlation-Id"], /^[0-9a-f-]{36}$/);
    }
  });

  it("refuses a caller whose key belongs to no tenant", async () => {
    for (const apiKeyId of ["other", "", null, "toString"]) {
      const { statusCode, document } = await call(() => assert.fail("called"), {}, apiKeyId);
      assert.deepEqual([statusCode, document.type], [403, "urn:orderflow:problem:unknown-caller"]);
    }
  });

  it("knows a tenant by the session of its role, and by nothing that is like it", async () => {
    const entry = httpEntry(
      { service: "test", tenants: { "123456789012/acme-orders": "acme" } },
      { "GET /orders": ok },
    );
    const statusFor = async (userArn: string | null): Promise<number> => {
      const requestContext = { identity: { userArn, apiKeyId: null } };
      const event: any = { httpMethod: "GET", resource: "/orders", headers: {}, requestContext };
      let status = 0;
      await linesOf(async () => (status = (await entry(event, aContext)).statusCode));
      return status;
    };
    assert.equal(await statusFor("arn:aws:sts::123456789012:assumed-role/Acme-orders/till-7@shop"), 200);
    for (const other of [
      "arn:aws:sts::123456789013:assumed-role/acme-orders/s",
      "arn:aws:sts::123456789012:assumed-role/acme-order/s",
      "arn:aws:sts::123456789012:assumed-role/x/acme-orders",
      "arn:aws:sts::123456789012:federated-user/acme-orders",
      "arn:aws:iam::123456789012:user/acme-orders",
      "123456789012/acme-orders",
      "",
      null,
    ]) {
      assert.equal(await statusFor(other), 403, `${other}`);
    }
  });

  it("sends a refusal as a problem document", async () => {
    const refusal = { problem: problem("order-not-found", "No."), headers: { "Retry-After": "1" } };
    const { statusCode, headers, document } = await call(async () => refusal, { headers: { "x-correlation-id": "c" } });
    assert.deepEqual(
      [statusCode, headers["Content-Type"], headers["Retry-After"]],
      [404, "application/problem+json", "1"],
    );
    assert.deepEqual(document, { ...refusal.problem, correlationId: "c" });
  });

  it("tells nothing of the inside when the handler throws, but logs it", async () => {
    const { statusCode, body, lines } = await call(() => Promise.reject(new Error("table secret-table is gone")));
    assert.equal(statusCode, 500);
    assert.ok(!body.includes("secret"));
    const failure = lines.find(({ level }: { level: string }) => level === "ERROR");
    assert.equal(failure?.error.message, "table secret-table is gone");
  });

  it("logs with the keys of the request, and publishes what was counted", async () => {
    const { lines } = await call(async () => {
      addLogKeys({ orderId: "o-1" });
      count("OrderCreated");
      return { status: 201, body: {} };
    });
    const [answered, metrics] = lines;
    assert.deepEqual(
      [answered.service, answered.tenantId, answered.orderId, answered.status],
      ["test", "acme", "o-1", 201],
    );
    assert.deepEqual([metrics.service, metrics.OrderCreated], ["test", 1]);
    assert.equal(metrics._aws.CloudWatchMetrics[0].Namespace, "OrderingSystem");
  });
});
