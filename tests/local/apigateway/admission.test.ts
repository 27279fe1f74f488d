import assert from "node:assert/strict";
import { Clock } from "../../../local/clock";
import { closeAll, deploy, type Gateway, goodOrder, keyValue } from "./gateway";

async function statuses(gateway: Gateway, count: number): Promise<number[]> {
  const answered: number[] = [];
  for (let sent = 0; sent < count; sent += 1) answered.push((await gateway.order(goodOrder)).status);
  return answered;
}

describe("who is let through a stage", () => {
  afterEach(closeAll);

  it("refuses a missing, an unknown and an unplanned key with 403, and invokes nothing", async () => {
    const gateway = await deploy();
    await gateway.add("ApiKey", "unplanned", { value: "unplanned-0123456789-0123456789" });
    for (const key of ["", "unknown-0123456789-0123456789", "unplanned-0123456789-0123456789"]) {
      const response = await gateway.order(goodOrder, { "x-api-key": key });
      assert.equal(response.status, 403);
      assert.equal(response.headers.get("x-amzn-errortype"), "ForbiddenException");
      assert.deepEqual(await response.json(), { message: "Forbidden" });
    }
    assert.equal(gateway.events.length, 0);
  });

  it("takes the key from a header in any letter case and names it to the function", async () => {
    const gateway = await deploy();
    const headers = ["X-API-Key", keyValue, "Content-Type", "text/plain", "Content-Length", "0", "Host", "x"];
    assert.equal((await gateway.raw("POST", "/orders", headers)).status, 200);
    const { identity } = gateway.events[0].requestContext;
    assert.equal(identity.apiKey, keyValue);
    assert.equal(identity.apiKeyId, gateway.outputs.get("ApiKey")?.["id"]);
  });

  it("asks for the key before it looks at the body", async () => {
    const gateway = await deploy();
    assert.equal((await gateway.order("{", { "x-api-key": "" })).status, 403);
  });

  it("throttles a method of the stage at its burst and lets it through again at its rate", async () => {
    const clock = new Clock(10_000);
    // The clock stands at the speed of the wall, so that no token comes back between two requests.
    const release = clock.busy();
    const gateway = await deploy({ clock, settings: { throttlingBurstLimit: 2, throttlingRateLimit: 0.01 } });
    assert.deepEqual(await statuses(gateway, 3), [200, 200, 429]);
    assert.equal((await gateway.call("/orders/1")).status, 200, "each method has a bucket of its own");
    release();
    await clock.sleep(100_000);
    assert.equal((await gateway.order(goodOrder)).status, 200);
  });

  it("answers a throttled request with TooManyRequestsException", async () => {
    const gateway = await deploy({ settings: { throttlingBurstLimit: 0, throttlingRateLimit: 0 } });
    const response = await gateway.order(goodOrder);
    assert.equal(response.status, 429);
    assert.equal(response.headers.get("x-amzn-errortype"), "TooManyRequestsException");
    assert.deepEqual(await response.json(), { message: "Too Many Requests" });
  });

  it("lets the settings of one method replace those of all", async () => {
    const gateway = await deploy({ settings: { throttlingBurstLimit: 0, throttlingRateLimit: 0 } });
    const inputs = { restApi: gateway.outputs.get("RestApi")?.["id"], stageName: "dev", methodPath: "orders/POST" };
    await gateway.add("MethodSettings", "post", { ...inputs, settings: { loggingLevel: "ERROR" } });
    assert.deepEqual(await statuses(gateway, 2), [200, 200]);
    assert.equal((await gateway.call("/orders/1")).status, 429);
  });

  it("throttles each key by its plan, before the stage", async () => {
    const gateway = await deploy({ plan: { throttleSettings: { burstLimit: 1, rateLimit: 0.001 } } });
    assert.deepEqual(await statuses(gateway, 2), [200, 429]);
    const other = await gateway.add("ApiKey", "globex", { value: "globex-0123456789-0123456789" });
    const usagePlanId = gateway.outputs.get("UsagePlan")?.["id"];
    await gateway.add("UsagePlanKey", "globex", { keyId: other["id"], keyType: "API_KEY", usagePlanId });
    assert.equal((await gateway.order(goodOrder, { "x-api-key": other["value"] })).status, 200);
  });

  it("throttles one method of a plan by itself", async () => {
    const gateway = await deploy();
    const apiId = gateway.outputs.get("RestApi")?.["id"];
    const throttles = [{ path: "/orders/POST", burstLimit: 1, rateLimit: 0.001 }];
    const plan = await gateway.add("UsagePlan", "strict", { apiStages: [{ apiId, stage: "dev", throttles }] });
    const key = await gateway.add("ApiKey", "strict", { value: "strict-0123456789-0123456789" });
    await gateway.add("UsagePlanKey", "strict", { keyId: key["id"], keyType: "API_KEY", usagePlanId: plan["id"] });
    const headers = { "x-api-key": key["value"] as string };
    assert.equal((await gateway.order(goodOrder, headers)).status, 200);
    assert.equal((await gateway.order(goodOrder, headers)).status, 429);
    assert.deepEqual(await statuses(gateway, 2), [200, 200]);
  });

  it("ends a quota with 429 and opens it again in the next period", async () => {
    const clock = new Clock(1_000_000, Date.UTC(2026, 10, 20, 12));
    const release = clock.busy();
    const gateway = await deploy({ clock, plan: { quotaSettings: { limit: 3, offset: 1, period: "DAY" } } });
    assert.deepEqual(await statuses(gateway, 3), [200, 200, 429]);
    const response = await gateway.order(goodOrder);
    assert.equal(response.headers.get("x-amzn-errortype"), "LimitExceededException");
    assert.deepEqual(await response.json(), { message: "Limit Exceeded" });
    release();
    await clock.sleep(12 * 3_600_000);
    const held = clock.busy();
    assert.deepEqual(await statuses(gateway, 4), [200, 200, 200, 429]);
    held();
  });
});
