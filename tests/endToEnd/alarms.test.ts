import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deadLetters } from "../../cli/deadLetters/command";
import { writeOutputs } from "../../cli/stackOutputs";
import { AlarmWatch } from "./alarms/alarmWatch";
import { apiScenarios } from "./alarms/apiScenarios";
import { capacityScenarios } from "./alarms/capacityScenarios";
import { everythingElse } from "./alarms/everythingElse";
import { flowScenarios } from "./alarms/flowScenarios";
import { ledgerScenarios } from "./alarms/ledgerScenarios";
import { Operator } from "./alarms/operator";
import { outcomeScenarios } from "./alarms/outcomeScenarios";
import { Pace } from "./alarms/pace";
import { MOUSE, type Site } from "./alarms/scenario";
import { knownMetrics, watchedMetrics } from "./alarms/watchedMetrics";
import { Shop } from "./shop";

/** Everything that is optional, and thresholds that a few orders are enough for. */
const SETTINGS = [
  ...["paymentFailurePercent=10", "ledger=true", "alarmNoOrdersMinutes=180"],
  'tenants=["acme","globex",{"name":"slow","burst":1,"ratePerSecond":1}]',
  ...["alarmQueueDepth=2", "backPressureDepth=8", "alarmFailureMinOrders=3"],
  ...["alarmServerErrorMinRequests=10", "alarmLatencyMinRequests=2", "alarmLatencyP99Ms=500"],
];

/** Metrics that have no data here, and why. */
const UNHEARD: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  {
    pattern: /^AWS\/DynamoDB WriteThrottleEvents GlobalSecondaryIndexName=/,
    because: "an index refuses writes when its own partition is full, and tables have no partitions here",
  },
  {
    pattern: /^AWS\/States ExecutionThrottled /,
    because: "Step Functions has no quota here",
  },
  {
    pattern: /^AWS\/States ExecutionsTimedOut /,
    because: "the times of all steps and undos add up to less than the saga's",
  },
  {
    pattern: /^AWS\/States ExecutionsAborted /,
    because: "nobody can stop an Express workflow: StopExecution refuses it",
  },
];

const SCENARIOS = [...outcomeScenarios, ...apiScenarios, ...capacityScenarios, ...ledgerScenarios, ...flowScenarios];

describe("an alarm", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "alarms-"));
  let site: Site;

  before(async function () {
    this.timeout(180_000);
    const shop = await Shop.open({ settings: SETTINGS, speed: Infinity });
    const [operator, pace] = [new Operator(shop), new Pace(shop.pipeline.runtime.clock)];
    const watch = new AlarmWatch(shop, pace);
    writeOutputs(join(folder, "outputs.json"), shop.outputs);
    site = { shop, operator, watch, pace, replay };
    // Functions are loaded, so that a scenario takes the time that it takes; and no-orders, which is on in a stack that
    // never had an order, is off.
    await shop.pipeline.runtime.prewarm();
    await shop.final(await shop.accepted(MOUSE), 90_000);
    await watch.turned(["no-orders"], "OK");
  });
  afterEach(() => site.shop.pipeline.runtime.faults.clear());
  after(async () => {
    site?.operator.close();
    await site?.shop.close();
    rmSync(folder, { recursive: true });
  });

  /** `npm run dead-letters -- replay`, as the runbook says. */
  async function replay(queue: string): Promise<void> {
    const said: string[] = [];
    const terminal = { say: (text: string) => said.push(text), complain: (text: string) => said.push(text) };
    const args = ["replay", "--all", "--queue", queue, "--outputs", join(folder, "outputs.json")];
    assert.equal(await deadLetters(args, terminal), 0, said.join("\n"));
  }

  for (const { title, alarms, cause, cure } of SCENARIOS) {
    it(`goes off, is mailed and ends when ${title}: ${alarms.join(", ")}`, async () => {
      const { shop, watch } = site;
      // Nothing is wrong, and will not be because of silence.
      await shop.accepted(MOUSE);
      await watch.are([...alarms, "orders-not-flowing"], "OK");
      watch.mark();
      await cause(site);
      await watch.turned(alarms, "ALARM");
      await watch.mailed(alarms, "ALARM");
      shop.pipeline.runtime.faults.clear();
      await cure?.(site);
      await watch.are(alarms, "OK");
      await watch.mailed(alarms, "OK");
    });
  }

  it("watches nothing that nobody reports, and neither does the dashboard", async () => {
    await everythingElse(site);
    const known = await knownMetrics(site.shop);
    const silent = (await watchedMetrics(site.shop)).filter((metric) => !known.has(metric));
    const excuse = (metric: string) => UNHEARD.find(({ pattern }) => pattern.test(metric));
    assert.deepEqual(
      silent.filter((metric) => excuse(metric) === undefined),
      [],
    );
    assert.deepEqual(
      UNHEARD.filter(({ pattern }) => !silent.some((metric) => pattern.test(metric))),
      [],
    );
  });

  it("is provoked above, each one that the program declares", () => {
    const provoked = SCENARIOS.flatMap(({ alarms }) => alarms);
    assert.deepEqual(provoked.toSorted(), site.watch.metricAlarms.toSorted());
  });
});
