import assert from "node:assert/strict";
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  InvalidParameterValueException,
  PutMetricDataCommand,
  ResourceNotFound,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { CloudWatchBench } from "./cloudWatchFixture";

describe("CloudWatch through the AWS SDK", () => {
  const endpoint = new Endpoint();
  const bench = new CloudWatchBench();
  let client: CloudWatchClient;

  before(async () => {
    const port = await endpoint.listen(0);
    endpoint.open({ services: [bench.service], forwarders: [], restOperations: [], roleOf: () => undefined });
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    client = new CloudWatchClient({ endpoint: `http://127.0.0.1:${port}`, region: "eu-central-1", credentials });
    await bench.alarm();
    await bench.service.start();
  });
  after(async () => {
    client.destroy();
    await bench.service.stop();
    await endpoint.close();
  });

  it("puts data, also so many that the client compresses them, and reads them back", async () => {
    const Timestamp = new Date(bench.clock.now());
    const Dimensions = [{ Name: "service", Value: "create" }];
    const MetricData = Array.from({ length: 300 }, () => ({ MetricName: "Placed", Dimensions, Value: 2, Timestamp }));
    await client.send(new PutMetricDataCommand({ Namespace: "Shop", MetricData }));
    const range = { StartTime: Timestamp, EndTime: new Date(bench.clock.now() + 60_000) };
    const metric = { Namespace: "Shop", MetricName: "Placed", Dimensions };
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({ ...metric, ...range, Period: 60, Statistics: ["Sum", "SampleCount"] }),
    );
    assert.deepEqual(
      [Datapoints?.[0]?.Sum, Datapoints?.[0]?.SampleCount, Datapoints?.[0]?.Timestamp],
      [600, 300, Timestamp],
    );
    const MetricStat = { Metric: metric, Period: 60, Stat: "Average" };
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({ ...range, MetricDataQueries: [{ Id: "m1", MetricStat }] }),
    );
    assert.deepEqual(MetricDataResults?.[0]?.Values, [2]);
    assert.deepEqual(MetricDataResults?.[0]?.Timestamps, [Timestamp]);
  });

  it("describes alarms and what happened to them", async () => {
    const turn = { AlarmName: "errors", StateValue: "ALARM", StateReason: "a drill" } as const;
    await client.send(new SetAlarmStateCommand(turn));
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ StateValue: "ALARM" }));
    assert.deepEqual([MetricAlarms?.[0]?.AlarmName, MetricAlarms?.[0]?.StateReason], ["errors", "a drill"]);
    assert.ok(MetricAlarms?.[0]?.StateUpdatedTimestamp instanceof Date);
    const { AlarmHistoryItems } = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: "errors" }));
    assert.equal(AlarmHistoryItems?.[0]?.HistorySummary, "Alarm updated from INSUFFICIENT_DATA to ALARM");
  });

  it("raises CloudWatch's own exceptions", async () => {
    const range = { StartTime: new Date(0), EndTime: new Date(60_000), Period: 45, Statistics: ["Sum" as const] };
    const odd = new GetMetricStatisticsCommand({ Namespace: "Shop", MetricName: "Placed", ...range });
    await assert.rejects(client.send(odd), InvalidParameterValueException);
    // Its older code is that of every missing resource, which this SDK goes by.
    await assert.rejects(client.send(new GetDashboardCommand({ DashboardName: "none" })), ResourceNotFound);
  });
});
