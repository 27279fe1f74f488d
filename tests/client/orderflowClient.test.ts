import assert from "node:assert/strict";
import { createOrderflowClient, newIdempotencyKey, type OrderflowClient } from "../../client/orderflowClient";
import { OrderflowProblem } from "../../client/orderflowProblem";
import { ORDER_EXAMPLE, ORDER_VIEW_EXAMPLE } from "../../contracts/api/examples";
import { problemExample } from "../../contracts/api/problemExamples";
import { PROBLEM_KINDS, type ProblemKind } from "../../contracts/problems";

type Answer = Response | Error;

/** A client whose requests are kept, and answered one after the other. */
function answered(...answers: Answer[]): { client: OrderflowClient; requests: Request[] } {
  const requests: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request);
    const answer = answers[requests.length - 1] ?? assert.fail("one request too many");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: createOrderflowClient({ baseUrl: "http://api.test/v1", apiKey: "the-key", fetch }), requests };
}

function refusal(kind: ProblemKind, headers: Record<string, string> = {}): Response {
  const [status] = PROBLEM_KINDS[kind];
  return new Response(JSON.stringify(problemExample(kind)), {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

const accepted = (): Response => Response.json(ORDER_EXAMPLE, { status: 201 });
const pending = (etag: string): Response =>
  Response.json({ ...ORDER_VIEW_EXAMPLE, status: "PENDING", stage: "RECEIVED" }, { headers: { etag } });
const confirmed = (): Response => Response.json(ORDER_VIEW_EXAMPLE);
const unchanged = (etag: string): Response => new Response(null, { status: 304, headers: { etag } });

const order = { userId: "user-42", items: [{ productId: "PROD-001", qty: 2 }] };
const { orderId } = ORDER_EXAMPLE;

describe("placeOrder of the client", () => {
  it("sends the key and the body, and answers the order", async () => {
    const { client, requests } = answered(accepted());
    assert.deepEqual(await client.placeOrder(order, { idempotencyKey: "key-1" }), ORDER_EXAMPLE);
    const [request = assert.fail()] = requests;
    assert.deepEqual([request.method, request.url], ["POST", "http://api.test/v1/orders"]);
    assert.deepEqual([request.headers.get("x-api-key"), request.headers.get("idempotency-key")], ["the-key", "key-1"]);
    assert.deepEqual(await request.json(), order);
  });

  it("makes a key of its own for each order", async () => {
    const { client, requests } = answered(accepted(), accepted());
    await client.placeOrder(order);
    await client.placeOrder(order);
    assert.equal(new Set(requests.map(({ headers }) => headers.get("idempotency-key"))).size, 2);
    assert.notEqual(newIdempotencyKey(), newIdempotencyKey());
  });

  it("repeats what the service asks to come back with, under the same key", async () => {
    const later = { "retry-after": "0" };
    const { client, requests } = answered(
      ...[refusal("rate-limited", later), refusal("unavailable", later), refusal("no-answer", later), accepted()],
    );
    await client.placeOrder(order);
    assert.equal(requests.length, 4);
    assert.equal(new Set(requests.map(({ headers }) => headers.get("idempotency-key"))).size, 1);
  });

  it("throws the problem when repeating would not help", async () => {
    for (const kind of ["total-mismatch", "quota-exceeded", "internal-fault"] as const) {
      const { client } = answered(refusal(kind));
      await assert.rejects(client.placeOrder(order), (error) => {
        assert.ok(error instanceof OrderflowProblem);
        assert.deepEqual(
          [error.status, error.type, error.problem?.correlationId, error.retryAfterSeconds],
          [PROBLEM_KINDS[kind][0], `urn:orderflow:problem:${kind}`, problemExample(kind).correlationId, undefined],
        );
        return true;
      });
    }
  });

  it("throws the problem at once when Retry-After is beyond the timeout", async () => {
    const { client } = answered(refusal("overloaded", { "retry-after": "3600" }));
    await assert.rejects(client.placeOrder(order), { name: "OrderflowProblem", retryAfterSeconds: 3600 });
  });

  it("throws what the network says when there is no time for another attempt", async () => {
    const { client } = answered(new TypeError("fetch failed"));
    await assert.rejects(client.placeOrder(order, { timeoutSeconds: 0.5 }), /fetch failed/);
  });

  it("calls an answer that is no problem document by its status", async () => {
    const { client } = answered(new Response("<h1>Bad Gateway</h1>", { status: 502, statusText: "Bad Gateway" }));
    await assert.rejects(client.placeOrder(order), { message: "502 Bad Gateway", type: "about:blank" });
  });
});

describe("followOrder of the client", () => {
  it("asks only for what has changed, until the order is final", async () => {
    const { client, requests } = answered(pending('"1"'), unchanged('"1"'), pending('"2"'), confirmed());
    assert.deepEqual(await client.followOrder(orderId, { pollSeconds: 0 }), ORDER_VIEW_EXAMPLE);
    assert.deepEqual(
      requests.map(({ headers }) => headers.get("if-none-match")),
      [null, '"1"', '"1"', '"2"'],
    );
    assert.equal(requests[0]?.url, `http://api.test/v1/orders/${orderId}`);
  });

  it("comes back after Retry-After and remembers what it has seen", async () => {
    const throttled = refusal("too-many-requests", { "retry-after": "0" });
    const { client, requests } = answered(pending('"1"'), throttled, confirmed());
    await client.followOrder(orderId, { pollSeconds: 0 });
    assert.equal(requests[2]?.headers.get("if-none-match"), '"1"');
  });

  it("throws a TimeoutError when the order is not final in time", async () => {
    const answers = Array.from({ length: 5 }, () => pending('"1"'));
    const { client } = answered(...answers);
    const followed = client.followOrder(orderId, { pollSeconds: 60, timeoutSeconds: 0.05 });
    await assert.rejects(followed, { name: "TimeoutError" });
  });

  it("gives up at once when its caller does", async () => {
    const caller = new AbortController();
    const { client, requests } = answered(pending('"1"'));
    const followed = client.followOrder(orderId, { pollSeconds: 60, signal: caller.signal });
    caller.abort(new Error("the customer has left"));
    await assert.rejects(followed, /the customer has left/);
    assert.ok(requests.length <= 1);
  });

  it("throws the problem of an order that is not there", async () => {
    const { client } = answered(refusal("order-not-found"));
    await assert.rejects(client.followOrder(orderId), { type: "urn:orderflow:problem:order-not-found" });
  });
});
