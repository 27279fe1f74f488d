import assert from "node:assert/strict";
import { CloudWatchBench, TOPIC } from "./cloudWatchFixture";

describe("metric alarms", () => {
  let bench: CloudWatchBench;

  beforeEach(() => (bench = new CloudWatchBench()));
  afterEach(() => bench.service.stop());

  async function started(inputs: Record<string, unknown> = {}): Promise<void> {
    await bench.alarm(inputs);
    await bench.service.start();
  }

  it("begin without a state, and are evaluated at each full minute", async () => {
    await started();
    await bench.clock.advance(30);
    assert.deepEqual(
      [bench.state("errors"), bench.reason("errors")],
      ["INSUFFICIENT_DATA", "Unchecked: Initial alarm creation"],
    );
    bench.put("Errors", 2);
    await bench.clock.advance(29);
    assert.deepEqual(bench.turns, []);
    await bench.clock.advance(1);
    assert.deepEqual(bench.turns, ["errors: INSUFFICIENT_DATA -> ALARM"]);
    assert.equal(
      bench.reason("errors"),
      "Threshold Crossed: 1 out of the last 1 datapoints [2.0 (01/01/26 00:00:00)] was greater than the threshold (0.0) " +
        "(minimum 1 datapoint for OK -> ALARM transition).",
    );
  });

  it("stay in ALARM while the evaluation range still sees the breach, then follow the missing data", async () => {
    await started({ treatMissingData: "notBreaching" });
    bench.put("Errors", 1);
    await bench.clock.advance(60);
    assert.equal(bench.state("errors"), "ALARM");
    await bench.clock.advance(120);
    assert.equal(bench.state("errors"), "ALARM");
    await bench.clock.advance(60);
    assert.equal(bench.state("errors"), "OK");
    assert.equal(
      bench.reason("errors"),
      "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].",
    );
  });

  it("take M of N", async () => {
    await started({ evaluationPeriods: 3, datapointsToAlarm: 2 });
    for (const value of [0, 1, 0, 1, 0]) {
      bench.put("Errors", value);
      await bench.clock.advance(60);
    }
    bench.put("Errors", 0);
    await bench.clock.advance(60);
    assert.deepEqual(bench.turns, ["errors: INSUFFICIENT_DATA -> OK", "errors: OK -> ALARM", "errors: ALARM -> OK"]);
  });

  it("go without data to INSUFFICIENT_DATA, or keep their state when missing data are ignored", async () => {
    await bench.alarm({ name: "forgetful" });
    await started({ name: "stubborn", treatMissingData: "ignore" });
    bench.put("Errors", 1);
    await bench.clock.advance(600);
    assert.deepEqual([bench.state("forgetful"), bench.state("stubborn")], ["INSUFFICIENT_DATA", "ALARM"]);
    assert.equal(bench.reason("forgetful"), "Insufficient Data: 1 datapoint was unknown.");
  });

  it("on DynamoDB ignore missing data unless told otherwise", async () => {
    await started({ namespace: "AWS/DynamoDB", metricName: "ThrottledRequests" });
    const { MetricAlarms } = await bench.call("DescribeAlarms");
    assert.equal(MetricAlarms[0].TreatMissingData, "ignore");
  });

  it("watch percentiles, and longer periods in windows that slide by the minute", async () => {
    const stat = { statistic: undefined, extendedStatistic: "p90", period: 300, threshold: 50 };
    await started({ ...stat, dimensions: { service: "pay" } });
    await bench.clock.advance(240);
    for (const value of [...Array.from({ length: 8 }, () => 1), 100, 100])
      bench.put("Errors", value, { service: "pay" });
    await bench.clock.advance(60);
    assert.equal(bench.state("errors"), "ALARM");
    assert.match(String(bench.reason("errors")), /\[100\.0 \(01\/01\/26 00:00:00\)\]/);
  });

  it("leave a state as it is on percentiles of too few samples, when asked to", async () => {
    const stat = { statistic: undefined, extendedStatistic: "p90", evaluateLowSampleCountPercentiles: "ignore" };
    await started(stat);
    for (let count = 0; count < 99; count++) bench.put("Errors", 5);
    await bench.clock.advance(60);
    assert.deepEqual(bench.turns, []);
    for (let count = 0; count < 100; count++) bench.put("Errors", 5);
    await bench.clock.advance(60);
    assert.deepEqual(bench.turns, ["errors: INSUFFICIENT_DATA -> ALARM"]);
  });

  it("with a period of ten seconds are evaluated every ten seconds, the others every minute", async () => {
    await bench.alarm({ name: "slow" });
    await started({ name: "fast", period: 10 });
    const metric = { namespace: "Shop", name: "Errors", dimensions: {} };
    bench.service.store.add({ metric, timeMs: bench.clock.now(), values: [[1, 1]], highResolution: true });
    await bench.clock.advance(10);
    assert.deepEqual(bench.turns, ["fast: INSUFFICIENT_DATA -> ALARM"]);
    await bench.clock.advance(50);
    assert.ok(bench.turns.includes("slow: INSUFFICIENT_DATA -> ALARM"));
  });

  it("watch expressions over metrics", async () => {
    const metric = (metricName: string) => ({ namespace: "Shop", metricName, period: 60, stat: "Sum" });
    const metricQueries = [
      { id: "errors", metric: metric("Errors") },
      { id: "count", metric: metric("Requests") },
      { id: "rate", expression: "IF(count >= 10, 100 * errors / count, 0)", label: "Errors in %", returnData: true },
    ];
    await started({ metricQueries, threshold: 5, alarmActions: [TOPIC] });
    const minute = async (errors: number, requests: number): Promise<string | undefined> => {
      bench.put("Errors", errors);
      bench.put("Requests", requests);
      await bench.clock.advance(60);
      return bench.state("errors");
    };
    assert.equal(await minute(1, 2), "OK");
    assert.equal(await minute(1, 100), "OK");
    assert.equal(await minute(6, 100), "ALARM");
    const { Trigger } = bench.published[0]?.message ?? {};
    assert.deepEqual(
      Trigger.Metrics.map(({ Id, Expression }: any) => [Id, Expression]),
      [
        ["errors", undefined],
        ["count", undefined],
        ["rate", "IF(count >= 10, 100 * errors / count, 0)"],
      ],
    );
  });

  it("tell topics of their turns in the words of CloudWatch", async () => {
    const actions = { alarmActions: [TOPIC], okActions: [TOPIC] };
    await started({
      ...actions,
      alarmDescription: "Orders fail",
      dimensions: { service: "pay" },
      treatMissingData: "notBreaching",
    });
    bench.put("Errors", 3, { service: "pay" });
    await bench.clock.advance(60);
    const [{ topicArn, subject, message } = assert.fail()] = bench.published;
    assert.equal(topicArn, TOPIC);
    assert.equal(subject, 'ALARM: "errors" in EU (Frankfurt)');
    assert.deepEqual(message, {
      AlarmName: "errors",
      AlarmDescription: "Orders fail",
      AWSAccountId: "123456789012",
      AlarmConfigurationUpdatedTimestamp: "2026-01-01T00:00:00.000+0000",
      NewStateValue: "ALARM",
      NewStateReason: bench.reason("errors"),
      StateChangeTime: "2026-01-01T00:01:00.000+0000",
      Region: "EU (Frankfurt)",
      AlarmArn: "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors",
      OldStateValue: "INSUFFICIENT_DATA",
      OKActions: [TOPIC],
      AlarmActions: [TOPIC],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: "Errors",
        Namespace: "Shop",
        StatisticType: "Statistic",
        Statistic: "SUM",
        Unit: null,
        Dimensions: [{ value: "pay", name: "service" }],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: "GreaterThanThreshold",
        Threshold: 0,
        TreatMissingData: "notBreaching",
        EvaluateLowSampleCountPercentile: "",
      },
    });
    await bench.clock.advance(180);
    assert.deepEqual(
      bench.published.map(({ subject: line }) => line.split(":")[0]),
      ["ALARM", "OK"],
    );
  });

  it("keep a subject within what SNS takes", async () => {
    await started({ name: "n".repeat(200), alarmActions: [TOPIC] });
    bench.put("Errors", 1);
    await bench.clock.advance(60);
    assert.equal(bench.published[0]?.subject.length, 99);
  });

  it("tell nobody while their actions are switched off", async () => {
    await started({
      alarmActions: [TOPIC],
      okActions: [TOPIC],
      treatMissingData: "notBreaching",
      actionsEnabled: false,
    });
    bench.put("Errors", 1);
    await bench.clock.advance(60);
    await bench.call("EnableAlarmActions", { AlarmNames: ["errors", "unknown"] });
    await bench.clock.advance(240);
    await bench.call("DisableAlarmActions", { AlarmNames: ["errors"] });
    bench.put("Errors", 1);
    await bench.clock.advance(60);
    assert.equal(bench.turns.length, 3);
    assert.deepEqual(
      bench.published.map(({ message }) => message.NewStateValue),
      ["OK"],
    );
  });

  it("write down and tell an action that fails", async () => {
    await started({ alarmActions: [TOPIC] });
    bench.broken = "Topic does not exist";
    bench.put("Errors", 1);
    await bench.clock.advance(60);
    assert.deepEqual(bench.troubles, [{ where: "alarm errors", message: `${TOPIC}: Topic does not exist` }]);
    const { AlarmHistoryItems } = await bench.call("DescribeAlarmHistory", { HistoryItemType: "Action" });
    assert.match(AlarmHistoryItems[0].HistorySummary, /^Failed to execute action/);
  });

  it("make up for minutes that a fast clock ran past", async () => {
    await started({ treatMissingData: "notBreaching" });
    bench.put("Errors", 1);
    // One leap over ten minutes, as a clock makes that runs ahead of its timers.
    const { clock } = bench;
    const now = clock.now.bind(clock);
    clock.now = () => now() + 600_000;
    await clock.advance(60);
    assert.deepEqual(bench.turns, ["errors: INSUFFICIENT_DATA -> ALARM", "errors: ALARM -> OK"]);
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      "an action that is no topic",
      { alarmActions: ["arn:aws:lambda:eu-central-1:123456789012:function:f"] },
      /no stand-in for the action/,
    ],
    ["more datapoints than periods", { datapointsToAlarm: 2 }, /datapointsToAlarm must not exceed/],
    ["an unknown comparison", { comparisonOperator: "GreaterThanUpperThreshold" }, /comparisonOperator must be one of/],
    ["a window of more than a day", { evaluationPeriods: 1_441 }, /must not exceed 86400 s/],
    ["two statistics", { extendedStatistic: "p99" }, /either statistic or extendedStatistic/],
    ["an odd period", { period: 45 }, /multiple of 60 s/],
    ["queries beside a metric", { metricQueries: [], metricName: "Errors" }, /exclude metricName/],
    ["queries that return nothing", { metricQueries: [{ id: "m1", expression: "1" }] }, /exactly one/],
    [
      "an expression without a metric",
      { metricQueries: [{ id: "e1", expression: "1", returnData: true }] },
      /at least one metric/,
    ],
  ];
  for (const [what, inputs, reason] of refused) {
    it(`refuse ${what}, naming the resource`, async () => {
      await assert.rejects(
        bench.alarm(inputs),
        (error: Error) => reason.test(error.message) && error.message.startsWith("thing: "),
      );
    });
  }
});
