import assert from "node:assert/strict";
import { getRateLimit } from "../../handlers/getRateLimit";

describe("getRateLimit", () => {
  it("shows what is left to the tenant, in the body and in the headers", async () => {
    const now = new Date();
    const asked: unknown[] = [];
    const limiter = {
      look: async (...args: unknown[]) => (asked.push(args), { limit: 100, remaining: 97, resetSeconds: 1 }),
    };
    const request = { tenantId: "acme", pathParameters: {}, query: {}, headers: {}, body: "", correlationId: "c" };
    assert.deepEqual(await getRateLimit({ limiter, now: () => now })(request), {
      status: 200,
      headers: { "RateLimit-Limit": "100", "RateLimit-Remaining": "97", "RateLimit-Reset": "1" },
      body: { limit: 100, remaining: 97, resetSeconds: 1 },
    });
    assert.deepEqual(asked, [["acme", now]]);
  });
});
