import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { perOrder, type OrderLine } from "../../../cli/cost/bill";
import { RECIPES } from "../../../cli/cost/endings";
import { OrderDriver } from "../../../cli/cost/orderDriver";
import { startPipeline, type Pipeline } from "../../../cli/pipeline";
import { FUNCTION_TIMES, ORDER_UNITS, PROD } from "../../../cli/scaling/orderUnits";
import { EVENT_SOURCE } from "../../../contracts/events";

const ROOT = join(__dirname, "..", "..", "..");
const PREFIX = "orderflow-prod-";
const GIVEN = ['tenants=["shop"]', "alarmEmail=operators@shop.example", "notificationEmail=none"];

describe("The units of a confirmed order, by which limits are computed", function () {
  this.timeout(120_000);
  let pipeline: Pipeline;
  let driver: OrderDriver;
  let lines: readonly OrderLine[];

  // One order uses few permissions of a stack that nobody else runs: the record of what is used does without.
  const usage = process.env["ORDERFLOW_IAM_USAGE"];
  before(async () => {
    delete process.env["ORDERFLOW_IAM_USAGE"];
    pipeline = await startPipeline({ stack: "prod", settings: [...GIVEN, ...RECIPES.confirmed.settings] });
    driver = new OrderDriver(pipeline);
    lines = perOrder(await driver.run(RECIPES.confirmed, 1, 0), 1);
  });
  after(async () => {
    driver.close();
    await pipeline.stop();
    if (usage !== undefined) process.env["ORDERFLOW_IAM_USAGE"] = usage;
  });

  const used = (unit: OrderLine["unit"]): Record<string, number> =>
    Object.fromEntries(
      lines
        .filter((line) => line.unit === unit)
        .map(({ resource, quantity }) => [resource.replace(PREFIX, ""), quantity]),
    );
  const ofType = (type: string) => pipeline.runtime.resources.filter((resource) => resource.type === type);

  it("are what a running order uses", () => {
    assert.deepEqual(used("writeUnit"), ORDER_UNITS.writes);
    assert.deepEqual(used("apiRequest"), { api: ORDER_UNITS.apiRequests });
    assert.deepEqual(used("event"), { events: ORDER_UNITS.events });
    assert.deepEqual(used("s3Write"), { "s3:PutObject": ORDER_UNITS.receipts });
  });

  it("name every function that an order calls, and those called once that are not given batches", () => {
    const calls = used("lambdaRequest");
    assert.deepEqual(Object.keys(calls).sort(), Object.keys(FUNCTION_TIMES).sort());
    for (const [service, { calls: wanted }] of Object.entries(FUNCTION_TIMES)) {
      if (wanted === 1) assert.equal(calls[service], 1, service);
    }
  });

  it("count the events that each rule of the stack sends on", () => {
    const told = ["OrderCreated", "InventoryReserved", "PaymentProcessed", "OrderPlaced"];
    const patterns = ofType("aws:cloudwatch/eventRule:EventRule").flatMap(({ inputs }) =>
      typeof inputs["eventPattern"] === "string" ? [JSON.parse(inputs["eventPattern"])] : [],
    );
    const matches = patterns.flatMap(({ source, "detail-type": types }) =>
      source?.includes(EVENT_SOURCE) ? told.filter((type) => types?.includes(type) ?? true) : [],
    );
    assert.equal(matches.length, ORDER_UNITS.ruleMatches);
    assert.equal(ORDER_UNITS.archived, told.length);
  });

  it("stand beside the settings of stack prod", () => {
    const [declared, set] = ["Pulumi.yaml", "Pulumi.prod.yaml"].map((file) => readFileSync(join(ROOT, file), "utf8"));
    for (const name of ["throttleRate", "tenantRatePerSecond", "stockShards"] as const) {
      const value = new RegExp(`orderflow:${name}: (\\d+)`).exec(set ?? "")?.[1];
      const otherwise = new RegExp(`  ${name}:\\n    type: integer\\n    default: (\\d+)`).exec(declared ?? "")?.[1];
      assert.equal(Number(value ?? otherwise), PROD[name], name);
    }
    const most = ofType("aws:lambda/eventSourceMapping:EventSourceMapping").map(
      ({ inputs }) => (inputs["scalingConfig"] as { maximumConcurrency?: number } | undefined)?.maximumConcurrency,
    );
    // The relay has none; the order queue's follows throttleRate.
    const wanted = [undefined, PROD.throttleRate / 10, PROD.consumersOfEvents, PROD.consumersOfEvents];
    assert.deepEqual(most.map(String).sort(), wanted.map(String).sort());
  });
});
