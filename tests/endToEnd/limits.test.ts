import assert from "node:assert/strict";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { awsConnection } from "../../cli/awsConnection";
import { type Placed, Shop } from "./shop";

const MOUSE = { userId: "crowd", items: [{ productId: "PROD-001", qty: 1 }] };
const UNTHROTTLED = ["throttleBurst=5000", "throttleRate=10000", "paymentFailurePercent=0"];
const PROBLEM = "application/problem+json";

function refused({ status, body, headers }: Placed): [status: number, kind: string] {
  assert.equal(headers.get("content-type"), PROBLEM);
  assert.ok(typeof body.title === "string" && typeof body.correlationId === "string", JSON.stringify(body));
  assert.equal(body.status, status);
  return [status, body.type.replace("urn:orderflow:problem:", "")];
}

/** Limit, what remains, and seconds until all of it is there again; undefined when the answer does not say. */
function allowance({ headers }: Placed): number[] | undefined {
  const values = ["limit", "remaining", "reset"].map((name) => headers.get(`ratelimit-${name}`));
  return values.includes(null) ? undefined : values.map(Number);
}

describe("a tenant that places orders too fast", () => {
  let shop: Shop;
  const keys = (tenant: string) => ({ "x-api-key": shop.outputs.apiKeys[tenant] ?? "" });
  before(async () => {
    const tenants = JSON.stringify(["acme", "globex", "early", { name: "slow", burst: 3 }]);
    const settings = [...UNTHROTTLED, `tenants=${tenants}`, "tenantBurst=100", "tenantRatePerSecond=1"];
    shop = await Shop.open({ settings });
  });
  after(() => shop.close());

  it("has its burst and what came back meanwhile, to the order, and its neighbour has all of its own", async () => {
    const now = (): number => shop.pipeline.runtime.clock.now();
    // The functions are warm, so that what follows begins at once.
    assert.equal((await shop.place(MOUSE, keys("early"))).status, 201);
    const startMs = Math.floor(now());
    let answeredMs = Infinity;
    const place = async (): Promise<Placed> => {
      // A repeat counts like any order, and only the first of them keeps the machine busy afterwards.
      const answer = await shop.place(MOUSE, { "idempotency-key": "crowd" });
      answeredMs = Math.min(answeredMs, now());
      return answer;
    };
    const crowd = await Promise.all(Array.from({ length: 300 }, place));
    const elapsedSeconds = (now() - startMs) / 1000;

    const passed = crowd.filter(({ status }) => status === 201);
    const tooFast = crowd.filter(({ status }) => status !== 201);
    const most = 100 + Math.floor(elapsedSeconds);
    assert.ok(passed.length >= 100 && passed.length <= most, `${passed.length} in ${elapsedSeconds} s`);
    // Each order that passed has moved the tenant's state by one second, from when the first came, and nothing else has.
    const firstMs = (await shop.limiterState("acme", 1)) - passed.length * 1000;
    assert.ok(firstMs >= startMs && firstMs <= answeredMs, `${firstMs} from ${startMs} to ${answeredMs}`);
    for (const answer of tooFast) {
      assert.deepEqual(refused(answer), [429, "rate-limited"]);
      assert.deepEqual([allowance(answer)?.slice(0, 2), answer.headers.get("retry-after")], [[100, 0], "1"]);
    }
    assert.ok(passed.every((answer) => allowance(answer)?.[0] === 100));

    const neighbour = await shop.place(MOUSE, keys("globex"));
    assert.deepEqual([neighbour.status, allowance(neighbour)], [201, [100, 99, 1]]);
  });

  it("passes again once the seconds of Retry-After are over, and uses nothing up by looking or by a bad order", async () => {
    const asSlow = (order: object) => shop.place(order, keys("slow"));
    const look = () => shop.request("GET", "/rate-limit", undefined, keys("slow"));
    assert.deepEqual((await look()).body, { limit: 3, remaining: 3, resetSeconds: 0 });
    assert.equal((await asSlow({ userId: "u" })).status, 400);
    assert.deepEqual((await look()).body, { limit: 3, remaining: 3, resetSeconds: 0 });

    const unknown = await asSlow({ ...MOUSE, items: [{ productId: "PROD-999", qty: 1 }] });
    assert.deepEqual(
      [refused(unknown), allowance(unknown)],
      [
        [422, "unknown-product"],
        [3, 2, 1],
      ],
    );
    let answer: Placed;
    do answer = await asSlow(MOUSE);
    while (answer.status === 201);
    assert.deepEqual(refused(answer), [429, "rate-limited"]);
    const looked = await look();
    assert.deepEqual(allowance(looked), [looked.body.limit, looked.body.remaining, looked.body.resetSeconds]);
    await shop.pipeline.runtime.clock.sleep(Number(answer.headers.get("retry-after")) * 1000);
    assert.equal((await asSlow(MOUSE)).status, 201);
  });

  it("is let through, without a word about its limit, while the limiter's table is away", async () => {
    const { faults } = shop.pipeline.runtime;
    const about = String(shop.outputs["rateLimitsTable"]);
    faults.set({ seed: 1, rates: { failBefore: 1e-9 }, stubborn: { share: 1, about, as: "failBefore" } });
    const answer = await shop.place(MOUSE, keys("globex"));
    assert.deepEqual([answer.status, allowance(answer)], [201, undefined]);
    faults.clear();
  });

  it("is let through while the order queue is away", async () => {
    const { faults, clock } = shop.pipeline.runtime;
    // What was asked a moment ago is still known.
    await clock.sleep(1_000);
    const release = faults.away({ service: "sqs", fromMs: 0, untilMs: Infinity });
    const answer = await shop.place(MOUSE, keys("globex"));
    release();
    assert.deepEqual([answer.status, allowance(answer)?.[0]], [201, 100]);
  });
});

describe("an API that would rather refuse than not know", () => {
  let shop: Shop;
  let sqs: SQSClient;
  const keys = (tenant: string) => ({ "x-api-key": shop.outputs.apiKeys[tenant] ?? "" });
  /** Looks for an order that does not exist until the gateway has enough of it. */
  const untilRefused = async (headers: Record<string, string>, most: number): Promise<[Placed, number]> => {
    for (let asked = 0; asked < most; asked++) {
      const answer = await shop.request("GET", "/orders/none", undefined, headers);
      if (answer.status !== 404) return [answer, asked];
    }
    return assert.fail(`Not refused within ${most} requests.`);
  };

  before(async () => {
    const tenants = JSON.stringify(["acme", "globex", "umbrella", { name: "metered", requestsPerMonth: 3 }]);
    const limits = ["backPressureDepth=5", "limiterFailsOpen=false", "backPressureFailsOpen=false"];
    const plans = ["tenantRequestBurst=40", "tenantRequestsPerSecond=1", "throttleBurst=60", "throttleRate=1"];
    shop = await Shop.open({ settings: ["paymentFailurePercent=0", `tenants=${tenants}`, ...limits, ...plans] });
    sqs = new SQSClient(awsConnection(shop.outputs));
  });
  after(async () => {
    sqs.destroy();
    await shop.close();
  });

  it("refuses orders while the limiter's table is away", async () => {
    const { faults } = shop.pipeline.runtime;
    const about = String(shop.outputs["rateLimitsTable"]);
    faults.set({ seed: 1, rates: { failBefore: 1e-9 }, stubborn: { share: 1, about, as: "failBefore" } });
    const answer = await shop.place(MOUSE);
    faults.clear();
    assert.deepEqual([refused(answer), answer.headers.get("retry-after")], [[503, "unavailable"], "5"]);
  });

  it("refuses orders while the order queue is away", async () => {
    const { faults, clock } = shop.pipeline.runtime;
    await clock.sleep(1_000);
    const release = faults.away({ service: "sqs", fromMs: 0, untilMs: Infinity });
    const answer = await shop.place(MOUSE);
    release();
    assert.deepEqual(refused(answer), [503, "unavailable"]);
  });

  it("takes no order while too many wait, and uses nothing up for that", async () => {
    // No orders, so they come back to the queue again and again.
    const send = { QueueUrl: shop.outputs.orderQueueUrl, MessageBody: '{"no":"order"}' };
    await Promise.all(Array.from({ length: 8 }, () => sqs.send(new SendMessageCommand(send))));
    await shop.pipeline.runtime.clock.sleep(1_000);
    const answer = await shop.place(MOUSE);
    assert.deepEqual([refused(answer), answer.headers.get("retry-after")], [[503, "overloaded"], "10"]);
    assert.equal(allowance(answer), undefined);
    assert.deepEqual(
      (await shop.request("GET", "/rate-limit")).body.remaining,
      (await shop.request("GET", "/rate-limit")).body.limit,
    );
  });

  it("ends a tenant's quota with a problem document", async () => {
    const [answer, asked] = await untilRefused(keys("metered"), 4);
    assert.deepEqual([refused(answer), asked], [[429, "quota-exceeded"], 3]);
  });

  it("throttles a tenant by its plan, and then all of them by the stage, with problem documents", async () => {
    const [byPlan, globex] = await untilRefused(keys("globex"), 60);
    assert.deepEqual([refused(byPlan), byPlan.headers.get("retry-after")], [[429, "too-many-requests"], "1"]);
    assert.ok(globex >= 40, `${globex}`);
    // Umbrella has asked nothing yet, and its plan would take 40.
    const [byStage, umbrella] = await untilRefused(keys("umbrella"), 40);
    assert.deepEqual(refused(byStage), [429, "too-many-requests"]);
    assert.ok(umbrella < 40, `${umbrella}`);
  });
});
