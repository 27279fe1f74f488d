import assert from "node:assert/strict";
import type { Admitted } from "../../handlers/admission";
import { createOrder } from "../../handlers/createOrder";

const headers = { "RateLimit-Limit": "100", "RateLimit-Remaining": "7", "RateLimit-Reset": "10" };
const order = { userId: "user-1", items: [{ productId: "PROD-001", qty: 1 }] };
const untouched = async (): Promise<never> => assert.fail("Something was done about the order.");

describe("createOrder asks for admission", () => {
  let asked: string[];
  beforeEach(() => (asked = []));

  const post = (body: object, more: { answer?: Admitted | { problem: any }; headers?: Record<string, string> } = {}) =>
    createOrder({
      admit: async (tenantId) => (asked.push(tenantId), more.answer ?? { headers }),
      orders: { create: more.answer === undefined ? async () => undefined : untouched, find: untouched },
      catalogue: {
        find: async (ids) => {
          if (more.answer !== undefined) await untouched();
          const mouse = { productId: "PROD-001", name: "Wireless Mouse", priceMinor: 2999 };
          return new Map(ids.includes("PROD-001") ? [["PROD-001", mouse]] : []);
        },
      },
      ...{ currency: "EUR", dedupeIdenticalBodiesSeconds: 0, newId: () => "id-1", now: () => new Date() },
    })({
      ...{ tenantId: "acme", pathParameters: {}, query: {}, correlationId: "corr-1" },
      headers: { "content-type": "application/json", ...more.headers },
      body: JSON.stringify(body),
    });

  it("and gives the headers of it to an accepted order and to one that is refused for what is in it", async () => {
    assert.deepEqual((await post(order)).headers, { Location: "/orders/id-1", ...headers });
    const unknown = await post({ ...order, items: [{ productId: "PROD-999", qty: 1 }] });
    assert.deepEqual([(unknown as any).problem.status, unknown.headers], [422, headers]);
    assert.deepEqual(asked, ["acme", "acme"]);
  });

  it("for valid requests only", async () => {
    assert.equal(((await post({})) as any).problem.status, 400);
    assert.equal(((await post(order, { headers: { "idempotency-key": "" } })) as any).problem.status, 400);
    assert.deepEqual(asked, []);
  });

  it("and does nothing about an order that is not let in", async () => {
    const answer = { problem: { type: "t", title: "t", status: 429, detail: "d" } };
    assert.equal(await post(order, { answer }), answer);
  });
});
