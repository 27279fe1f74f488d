import assert from "node:assert/strict";
import fc from "fast-check";
import type { Acquaintance } from "../../../simulation/fuzz/acquaintance";
import { DocumentedApi } from "../../../simulation/fuzz/documentedApi";
import { partsOf, type Sending } from "../../../simulation/fuzz/exchange";
import { mustBeRefused, seemsWrongToRefuse } from "../../../simulation/fuzz/expectations";
import { sendings } from "../../../simulation/fuzz/sendings";

const api = new DocumentedApi();
const known: Acquaintance = {
  ...{ key: "k".repeat(40), foreignKey: "f".repeat(40), currency: "EUR", userId: "fuzz-1", foreignOrderId: "order-f" },
  products: [
    { productId: "PROD-001", price: 29.99 },
    { productId: "ä/ö", price: 0.1 },
  ],
  orders: [{ orderId: "order-1", etag: '"1"' }],
  cursors: {
    orders: Buffer.from('["a","b","c"]').toString("base64url"),
    products: Buffer.from('["a"]').toString("base64url"),
  },
  absent: new Set(),
};
const drawn = (seed: number, count = 3_000): Sending[] =>
  fc.sample(sendings(api, known, "api.test"), { seed, numRuns: count });
const requests = drawn(1).flatMap((sending) => ("bytes" in sending ? [] : [sending]));

describe("what a fuzzer sends", () => {
  it("is decided by the seed", () => {
    assert.deepEqual(drawn(7, 200), drawn(7, 200));
    assert.notDeepEqual(drawn(7, 200), drawn(8, 200));
  });

  it("asks for every operation, with every method, rightly and wrongly", () => {
    const asked = (isRight: boolean) =>
      requests
        .filter(({ isGood }) => isGood === isRight)
        .flatMap(({ request }) =>
          api
            .at(partsOf(request).path)
            .filter(({ method }) => method === request.method)
            .map(({ id }) => id),
        );
    const all = api.operations.map(({ id }) => id).sort();
    for (const isRight of [true, false]) assert.deepEqual([...new Set(asked(isRight))].sort(), all, String(isRight));
    assert.ok(
      ["PUT", "DELETE", "PATCH", "HEAD", "TRACE", "OPTIONS"].every((method) =>
        requests.some(({ request }) => request.method === method),
      ),
    );
  });

  it("is as the document wants it where it must succeed", () => {
    for (const { request, isGood } of requests) {
      if (!isGood) continue;
      const [operation] = api.at(partsOf(request).path).filter(({ method }) => method === request.method);
      assert.equal(operation && mustBeRefused(operation, request), undefined, request.target);
    }
  });

  it("is a good order now and then only, and seldom by chance, because a saga follows each", () => {
    const order = api.named("createOrder");
    const orders = requests.filter(({ request }) => request.method === "POST" && partsOf(request).path === "/orders");
    const accepted = orders.filter(({ request }) => mustBeRefused(order, request) === undefined);
    assert.ok(orders.length > requests.length / 4, `${orders.length}`);
    assert.ok(accepted.length < requests.length / 8, `${accepted.length} of ${requests.length}`);
    assert.ok(orders.some(({ request, isGood }) => !isGood && seemsWrongToRefuse(order, request)));
  });

  it("has no notice of operations that a stack is without", () => {
    const lesser = sendings(api, { ...known, absent: new Set(["reportOrders"]) });
    const all = fc.sample(lesser, { seed: 1, numRuns: 500 });
    assert.ok(
      all.every((sending) => !("bytes" in sending) && !sending.request.target.startsWith("/reports/orders?from")),
    );
  });
});
