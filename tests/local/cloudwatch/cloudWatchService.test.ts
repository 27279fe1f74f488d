import assert from "node:assert/strict";
import { CloudWatchBench } from "./cloudWatchFixture";

describe("CloudWatchService", () => {
  let bench: CloudWatchBench;

  beforeEach(() => (bench = new CloudWatchBench()));
  afterEach(() => bench.service.stop());

  const seconds = (): number => bench.clock.now() / 1000;

  /** The sum of a metric since the start. */
  async function sum(
    Namespace: string,
    MetricName: string,
    dimensions: Record<string, string>,
  ): Promise<number | undefined> {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const range = {
      StartTime: Date.UTC(2026, 0, 1) / 1000,
      EndTime: seconds() + 60,
      Period: 3600,
      Statistics: ["Sum"],
    };
    const { Datapoints } = await bench.call("GetMetricStatistics", { Namespace, MetricName, Dimensions, ...range });
    return Datapoints[0]?.Sum;
  }

  it("takes metrics that are put, in whole requests", async () => {
    const datum = { MetricName: "Placed", Dimensions: [{ Name: "service", Value: "create" }], Unit: "Count" };
    await bench.call("PutMetricData", {
      Namespace: "Shop",
      MetricData: [
        { ...datum, Value: 1 },
        { ...datum, Values: [2, 3], Counts: [1, 2] },
        { ...datum, StatisticValues: { SampleCount: 2, Sum: 10, Minimum: 1, Maximum: 9 } },
      ],
    });
    assert.equal(await sum("Shop", "Placed", { service: "create" }), 1 + 2 + 6 + 10);
    const broken = bench.call("PutMetricData", { Namespace: "Shop", MetricData: [{ ...datum, Value: 1 }, datum] });
    await assert.rejects(broken, { code: "InvalidParameterCombinationException" });
    assert.equal(await sum("Shop", "Placed", { service: "create" }), 19);
  });

  it("keeps the namespaces of AWS to itself", async () => {
    const put = bench.call("PutMetricData", { Namespace: "AWS/SQS", MetricData: [{ MetricName: "Fake", Value: 1 }] });
    await assert.rejects(put, { code: "InvalidParameterValueException" });
  });

  it("reads embedded metrics out of log lines, and counts those that it cannot", async () => {
    const log = (message: string): void =>
      bench.feed.emit("log", { group: "/aws/lambda/create", stream: "s", timeMs: bench.clock.now(), message });
    const directive = { Namespace: "Shop", Dimensions: [["service"]], Metrics: [{ Name: "Placed", Unit: "Count" }] };
    const aws = { Timestamp: bench.clock.now(), CloudWatchMetrics: [directive] };
    log(JSON.stringify({ _aws: aws, service: "create", Placed: 2 }));
    log(JSON.stringify({ _aws: aws, Placed: 2 }));
    assert.equal(await sum("Shop", "Placed", { service: "create" }), 2);
    assert.equal(await sum("AWS/Logs", "EMFValidationErrors", { LogGroupName: "/aws/lambda/create" }), 1);
    assert.match(bench.troubles[0]?.message ?? "", /dimension service/);
  });

  it("answers expressions over metrics, newest first unless asked otherwise", async () => {
    for (const [errors, count] of [
      [1, 10],
      [3, 10],
    ] as const) {
      bench.put("Errors", errors);
      bench.put("Count", count);
      await bench.clock.advance(60);
    }
    const stat = (MetricName: string) => ({ Metric: { Namespace: "Shop", MetricName }, Period: 60, Stat: "Sum" });
    const input = {
      MetricDataQueries: [
        { Id: "e", MetricStat: stat("Errors"), ReturnData: false },
        { Id: "c", MetricStat: stat("Count"), ReturnData: false },
        { Id: "rate", Expression: "100 * e / c", Label: "Errors in %" },
      ],
      StartTime: seconds() - 300,
      EndTime: seconds(),
    };
    const { MetricDataResults } = await bench.call("GetMetricData", input);
    const [{ Id, Label, Values, StatusCode }] = MetricDataResults;
    assert.deepEqual([Id, Label, Values, StatusCode], ["rate", "Errors in %", [30, 10], "Complete"]);
    const ascending = await bench.call("GetMetricData", { ...input, ScanBy: "TimestampAscending" });
    assert.deepEqual(ascending.MetricDataResults[0].Values, [10, 30]);
    await assert.rejects(
      bench.call("GetMetricData", { ...input, MaxDatapoints: 1 }),
      /no stand-in for the parameter MaxDatapoints/,
    );
  });

  it("lists metrics by namespace, name and dimensions", async () => {
    bench.put("Errors", 1, { service: "pay" });
    bench.put("Errors", 1, { service: "create" });
    bench.put("Count", 1);
    const names = async (filter: object): Promise<number> =>
      (await bench.call("ListMetrics", { Namespace: "Shop", ...filter })).Metrics.length;
    assert.equal(await names({}), 3);
    assert.equal(await names({ MetricName: "Errors" }), 2);
    assert.equal(await names({ Dimensions: [{ Name: "service" }] }), 2);
    assert.equal(await names({ Dimensions: [{ Name: "service", Value: "pay" }] }), 1);
    await bench.clock.advance(4 * 3600);
    assert.equal(await names({ RecentlyActive: "PT3H" }), 0);
  });

  it("describes alarms by name, prefix, state and type, page by page", async () => {
    for (const name of ["shop-a", "shop-b", "other"]) await bench.alarm({ name });
    await bench.composite({ alarmName: "shop-all", alarmRule: "ALARM(shop-a)" });
    const names = async (input: object): Promise<string[]> => {
      const { MetricAlarms, CompositeAlarms } = await bench.call("DescribeAlarms", { ...input });
      return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }: any) => AlarmName);
    };
    assert.deepEqual(await names({}), ["other", "shop-a", "shop-b"]);
    assert.deepEqual(await names({ AlarmNamePrefix: "shop", AlarmTypes: ["MetricAlarm", "CompositeAlarm"] }), [
      "shop-a",
      "shop-b",
      "shop-all",
    ]);
    assert.deepEqual(await names({ AlarmNames: ["other", "unknown"] }), ["other"]);
    assert.deepEqual(await names({ StateValue: "OK" }), []);
    const { NextToken } = await bench.call("DescribeAlarms", { MaxRecords: 2 });
    assert.deepEqual(await names({ MaxRecords: 2, NextToken }), ["shop-b"]);
  });

  it("turns an alarm by hand until its next evaluation, and writes both down", async () => {
    await bench.alarm({ treatMissingData: "notBreaching" });
    await bench.service.start();
    await bench.clock.advance(60);
    await bench.call("SetAlarmState", { AlarmName: "errors", StateValue: "ALARM", StateReason: "a drill" });
    await bench.clock.advance(60);
    const { AlarmHistoryItems } = await bench.call("DescribeAlarmHistory", { AlarmName: "errors" });
    assert.deepEqual(
      AlarmHistoryItems.map(({ HistorySummary }: any) => HistorySummary),
      [
        "Alarm updated from ALARM to OK",
        "Alarm updated from OK to ALARM",
        "Alarm updated from INSUFFICIENT_DATA to OK",
        'Alarm "errors" created',
      ],
    );
    const { newState } = JSON.parse(AlarmHistoryItems[1].HistoryData);
    assert.equal(newState.stateReason, "a drill");
    const unknown = bench.call("SetAlarmState", { AlarmName: "x", StateValue: "OK", StateReason: "y" });
    await assert.rejects(unknown, { code: "ResourceNotFound" });
  });

  it("keeps dashboards and hands them out", async () => {
    const dashboardBody = JSON.stringify({ widgets: [{ type: "text", properties: { markdown: "# Shop" } }] });
    await bench.realise("aws:cloudwatch/dashboard:Dashboard", { dashboardName: "shop", dashboardBody });
    const dashboard = await bench.call("GetDashboard", { DashboardName: "shop" });
    assert.deepEqual(dashboard, {
      DashboardArn: "arn:aws:cloudwatch::123456789012:dashboard/shop",
      DashboardBody: dashboardBody,
      DashboardName: "shop",
    });
    const { DashboardEntries } = await bench.call("ListDashboards", { DashboardNamePrefix: "sh" });
    assert.equal(DashboardEntries[0].Size, dashboardBody.length);
    await assert.rejects(bench.call("GetDashboard", { DashboardName: "other" }), { code: "DashboardNotFoundError" });
  });

  it("refuses a dashboard that is not one", async () => {
    const put = (dashboardBody: string): Promise<void> =>
      bench.realise("aws:cloudwatch/dashboard:Dashboard", { dashboardName: "shop", dashboardBody });
    await assert.rejects(put("{"), /thing: dashboardBody is not JSON/);
    await assert.rejects(put('{"widgets":[{"type":"metric","properties":{}}]}'), /widgets\[0\] must name its region/);
    await assert.rejects(put('{"widgets":[{"type":"log","width":25,"properties":{}}]}'), /width must be from 1 to 24/);
  });
});
