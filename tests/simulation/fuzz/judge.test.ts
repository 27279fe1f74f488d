import assert from "node:assert/strict";
import { API_SCHEMAS, OPERATIONS } from "../../../contracts/operations";
import { DocumentedApi } from "../../../simulation/fuzz/documentedApi";
import type { WireAnswer, WireRequest } from "../../../simulation/fuzz/exchange";
import { Judge } from "../../../simulation/fuzz/judge";
import { aRefusal, anAnswer, aRequest } from "./wireAnswers";

const judge = new Judge(new DocumentedApi(), new Set(), new Set(["the-key"]));
const LIST = { "cache-control": "private" };
const ORDER = { userId: "u", items: [{ productId: "PROD-001", qty: 1 }] };
const ACCEPTED = {
  location: "/orders/3f0e9a52-6f0e-5c55-9d3e-7a3c8f0b8d11",
  ...{ "ratelimit-limit": "1", "ratelimit-remaining": "1", "ratelimit-reset": "0" },
};
const acceptedOrder = OPERATIONS.createOrder.answers[201]?.example ?? {};

const post = (body: unknown, headers: WireRequest["headers"] = [["content-type", "application/json"]]): WireRequest =>
  aRequest({
    method: "POST",
    target: "/orders",
    headers: [["x-api-key", "the-key"], ...headers],
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });

const broken = (request: WireRequest, answer: WireAnswer, isGood = false): string[] =>
  [...new Set(judge.of(request, isGood, answer).mistakes.map(({ rule }) => rule))].sort();

describe("the judge of answers", () => {
  it("has nothing against what the API says of itself", () => {
    assert.deepEqual(broken(aRequest(), anAnswer(200, { products: [] }, LIST), true), []);
    assert.deepEqual(broken(post(ORDER), anAnswer(201, acceptedOrder, ACCEPTED), true), []);
    assert.deepEqual(broken(aRequest(), aRefusal("too-many-requests")), []);
    assert.deepEqual(broken(aRequest({ target: "/nothing" }), aRefusal("no-such-operation")), []);
    assert.deepEqual(broken(aRequest({ method: "OPTIONS" }), anAnswer(204, "")), []);
    assert.deepEqual(broken(aRequest(), aRefusal("refused", { status: 431 })), []);
    assert.deepEqual(broken(aRequest(), anAnswer(413, '{"message":"Request Too Long"}')), []);
  });

  it("finds every fault, also one that asks to be patient", () => {
    for (const kind of ["internal-fault", "unavailable", "overloaded", "no-answer"] as const) {
      assert.ok(broken(aRequest(), aRefusal(kind)).includes("no fault"), kind);
    }
  });

  it("finds an answer that is not documented: its status, its body, its headers, its kind, its place", () => {
    const wrong: [WireRequest, WireAnswer][] = [
      [aRequest(), anAnswer(202, { products: [] }, LIST)],
      [aRequest(), anAnswer(200, { products: [{}] }, LIST)],
      [aRequest(), anAnswer(200, "products", LIST)],
      [aRequest(), anAnswer(200, { products: [] })],
      [aRequest(), anAnswer(200, { products: [] }, { ...LIST, "content-type": "text/html" })],
      [aRequest(), aRefusal("order-not-found")],
      [
        aRequest({ target: "/rate-limit" }),
        anAnswer(200, { limit: 1, remaining: 1, resetSeconds: 1 }, { ...ACCEPTED, "ratelimit-reset": "soon" }),
      ],
      [post(ORDER), anAnswer(201, acceptedOrder, { ...ACCEPTED, location: "/orders/another" })],
      [
        aRequest({
          headers: [
            ["x-api-key", "the-key"],
            ["X-Correlation-Id", "mine"],
          ],
        }),
        anAnswer(200, { products: [] }, LIST),
      ],
      [aRequest({ target: "/nothing" }), anAnswer(200, { products: [] }, LIST)],
      [aRequest({ method: "PUT" }), aRefusal("unknown-caller")],
    ];
    for (const [request, answer] of wrong)
      assert.deepEqual(broken(request, answer), ["as documented"], `${answer.status} ${answer.body.toString()}`);
  });

  it("finds a refusal that is no good problem document", () => {
    const wrong = [
      aRefusal("product-not-found", {}, { "content-type": "application/json" }),
      aRefusal("product-not-found", { title: "Oh" }),
      aRefusal("product-not-found", { type: "about:blank" }),
      aRefusal("product-not-found", {}, { "x-correlation-id": "another" }),
      anAnswer(404, { message: "Not Found" }, { "content-type": "application/problem+json" }),
      { ...aRefusal("product-not-found"), status: 403 },
    ];
    const request = aRequest({ target: "/products/x" });
    for (const answer of wrong) {
      assert.ok(broken(request, answer).includes("problems are documents"), answer.body.toString());
    }
    const retry = aRefusal("too-many-requests", {}, {});
    const late = { ...retry, headers: new Map([...retry.headers].filter(([name]) => name !== "retry-after")) };
    assert.deepEqual(broken(request, late), ["problems are documents"]);
  });

  it("finds what tells of the inside", () => {
    const traces = [
      "Error: x\n    at handler (/var/task/index.js:1:2)",
      "ValidationException: One or more",
      "TypeError: x is undefined",
      "arn:aws:lambda:eu-central-1",
      "connect ECONNREFUSED",
    ];
    for (const detail of traces) {
      assert.ok(
        broken(aRequest({ target: "/orders?limit=0" }), aRefusal("invalid-request", { detail })).includes(
          "no internals",
        ),
        detail,
      );
    }
  });

  it("finds an answer that a browser may not read", () => {
    const closed = anAnswer(200, { products: [] }, { ...LIST, "access-control-allow-origin": "https://shop.example" });
    assert.deepEqual(broken(aRequest(), closed), ["readable by browsers"]);
  });

  it("finds a stranger who is served", () => {
    const answer = anAnswer(200, { products: [] }, LIST);
    for (const headers of [[], [["X-API-Key", "another"]], [["x-api-key", ""]]] as [string, string][][]) {
      assert.deepEqual(broken(aRequest({ headers }), answer), ["known callers only"]);
    }
    assert.deepEqual(broken(aRequest({ headers: [["X-API-KEY", " the-key "]] }), answer), []);
  });

  it("finds a wrong request that is taken", () => {
    const accepted = anAnswer(201, acceptedOrder, ACCEPTED);
    const wrong = [
      post({ ...ORDER, userId: "" }),
      post({ ...ORDER, items: [] }),
      post(`\ufeff${JSON.stringify(ORDER)}`),
      post(""),
      post(ORDER, [["content-type", "text/plain"]]),
      post(ORDER, []),
    ];
    for (const request of wrong) assert.deepEqual(broken(request, accepted), ["wrong requests are refused"]);
    for (const query of ["limit=0", "limit=1&limit=1", "q=1", "limit=01", "cursor"]) {
      const answer = anAnswer(200, { products: [] }, LIST);
      const expected = query === "cursor" ? [] : ["wrong requests are refused"];
      assert.deepEqual(broken(aRequest({ target: `/products?${query}` }), answer), expected, query);
    }
  });

  it("finds a right request that is refused, counting characters as the document does", () => {
    const refusal = aRefusal("invalid-request", { errors: [] });
    const { maxLength = 0 } = API_SCHEMAS.PlaceOrderBody.properties.userId;
    const long = "😀".repeat(maxLength);
    assert.deepEqual(broken(post({ ...ORDER, userId: long }), refusal), ["right requests are not"]);
    assert.deepEqual(broken(post({ ...ORDER, userId: `${long}x` }), refusal), []);
    assert.deepEqual(broken(post({ ...ORDER, userId: "a\u0000" }), refusal), []);
    assert.deepEqual(broken(post({ ...ORDER, items: [...ORDER.items, ...ORDER.items] }), refusal), []);
    const list = (query: string) => aRequest({ target: `/orders?${query}` });
    assert.deepEqual(broken(list(`userId=${encodeURIComponent(long)}`), refusal), ["right requests are not"]);
    assert.deepEqual(broken(list("userId=a&status=FAILED"), refusal), []);
    assert.deepEqual(broken(post(ORDER), aRefusal("unknown-product"), true), ["right requests are not"]);
  });

  it("takes of what is no HTTP any honest refusal", () => {
    assert.deepEqual(judge.ofBytes(anAnswer(400, '{"message":"Bad Request"}')).mistakes, []);
    assert.equal(judge.ofBytes(anAnswer(400, "")).mistakes.length, 1);
    assert.equal(judge.ofBytes(anAnswer(500, '{"message":"Internal server error"}')).mistakes.length, 2);
  });
});
