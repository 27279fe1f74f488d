import assert from "node:assert/strict";
import { admission, type AdmissionDeps, ifAdmitted, type Verdict } from "../../handlers/admission";
import { observed } from "./observed";

const NOW = new Date(Date.UTC(2026, 10, 20));
const allowance = { limit: 100, remaining: 7, resetSeconds: 10 };
const headers = { "RateLimit-Limit": "100", "RateLimit-Remaining": "7", "RateLimit-Reset": "10" };
const away = async (): Promise<never> => Promise.reject(new Error("away"));

describe("admission", () => {
  let taken: [tenant: string, now: Date][];
  beforeEach(() => (taken = []));

  const asked = (deps: Partial<AdmissionDeps> & { verdict?: Verdict } = {}): Promise<{ answer: any; counted: any }> => {
    const { verdict = { allowed: true, allowance }, ...rest } = deps;
    const admit = admission({
      limiter: { take: async (tenantId, now) => (taken.push([tenantId, now]), verdict) },
      queueDepth: { read: async () => 1000 },
      ...{ backPressureDepth: 1000, limiterFailsOpen: true, backPressureFailsOpen: true, now: () => NOW },
      ...rest,
    });
    return observed(() => admit("acme"));
  };

  it("lets an order in and tells what is left", async () => {
    assert.deepEqual(await asked(), { answer: { headers }, counted: [] });
    assert.deepEqual(taken, [["acme", NOW]]);
  });

  it("refuses a tenant that is too fast, and says when to come again", async () => {
    const { answer, counted } = await asked({ verdict: { allowed: false, allowance, retryAfterSeconds: 3 } });
    assert.deepEqual([answer.problem.status, answer.problem.type], [429, "urn:orderflow:problem:rate-limited"]);
    assert.match(answer.problem.detail, / in 3 s\.$/);
    assert.deepEqual(answer.headers, { ...headers, "Retry-After": "3" });
    assert.deepEqual(counted, ["RateLimited"]);
  });

  it("refuses everybody above the queue's depth, and uses nothing up for that", async () => {
    const { answer, counted } = await asked({ queueDepth: { read: async () => 1001 } });
    assert.deepEqual([answer.problem.status, answer.problem.type], [503, "urn:orderflow:problem:overloaded"]);
    assert.deepEqual(answer.headers, { "Retry-After": "10" });
    assert.deepEqual([counted, taken], [["BackPressureApplied"], []]);
  });

  it("fails open or closed when the limiter is away, as it was told", async () => {
    const limiter = { take: away };
    assert.deepEqual(await asked({ limiter }), { answer: { headers: {} }, counted: ["LimiterUnavailable"] });
    const { answer, counted } = await asked({ limiter, limiterFailsOpen: false });
    assert.deepEqual([answer.problem.status, answer.problem.type], [503, "urn:orderflow:problem:unavailable"]);
    assert.deepEqual(answer.headers, { "Retry-After": "5" });
    assert.deepEqual(counted, ["LimiterUnavailable"]);
  });

  it("fails open or closed when the queue is away, as it was told; open, the limit still holds", async () => {
    const queueDepth = { read: away };
    assert.deepEqual(await asked({ queueDepth }), { answer: { headers }, counted: ["QueueDepthUnavailable"] });
    assert.equal(taken.length, 1);
    const { answer, counted } = await asked({ queueDepth, backPressureFailsOpen: false });
    assert.deepEqual([answer.problem.status, answer.problem.type], [503, "urn:orderflow:problem:unavailable"]);
    assert.deepEqual([counted, taken.length], [["QueueDepthUnavailable"], 1]);
  });
});

describe("ifAdmitted", () => {
  const admit = async () => ({ headers });

  it("puts the headers of the admission on an answer and on a refusal", async () => {
    const answer = await ifAdmitted(admit, "acme", async () => ({ status: 201, headers: { Location: "/orders/1" } }));
    assert.deepEqual(answer, { status: 201, headers: { Location: "/orders/1", ...headers } });
    const problem = { type: "t", title: "t", status: 422, detail: "d" };
    assert.deepEqual(await ifAdmitted(admit, "acme", async () => ({ problem })), { problem, headers });
  });

  it("does nothing for an order that is not let in", async () => {
    const refusal = { problem: { type: "t", title: "t", status: 429, detail: "d" } };
    const never = async (): Promise<never> => assert.fail("It was answered.");
    assert.equal(await ifAdmitted(async () => refusal, "acme", never), refusal);
  });
});
