import {
  CloudWatchClient,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
  type AlarmType,
} from "@aws-sdk/client-cloudwatch";
import { awsConnection } from "../awsConnection";
import type { StackOutputs } from "../stackOutputs";
import { compositeAlarmOf, metricAlarmOf } from "./describeAlarm";
import type { Happening, StackAlarm } from "./stackAlarm";
import { stackNames, type StackNames } from "./stackNames";

const BOTH: AlarmType[] = ["MetricAlarm", "CompositeAlarm"];
const PAGE = 100;

/** The alarms of one stack. */
export class AlarmBoard {
  private readonly names: StackNames;
  private readonly client: CloudWatchClient;

  constructor(outputs: StackOutputs) {
    this.names = stackNames(outputs);
    this.client = new CloudWatchClient(awsConnection(outputs));
  }

  async alarms(): Promise<StackAlarm[]> {
    const found: StackAlarm[] = [];
    const query = { AlarmNamePrefix: this.names.prefix, AlarmTypes: BOTH };
    const pages = paginateDescribeAlarms({ client: this.client, pageSize: PAGE }, query);
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
      found.push(...MetricAlarms.flatMap((alarm) => this.named(alarm, (name) => metricAlarmOf(alarm, name))));
      found.push(...CompositeAlarms.flatMap((alarm) => this.named(alarm, (name) => compositeAlarmOf(alarm, name))));
    }
    return found;
  }

  /** What happened to one alarm, or to all, oldest first. CloudWatch remembers 30 days. */
  async history({ alarmName, fromMs }: { alarmName?: string; fromMs: number }): Promise<Happening[]> {
    const query = { AlarmName: alarmName, AlarmTypes: BOTH, StartDate: new Date(fromMs) };
    const pages = paginateDescribeAlarmHistory({ client: this.client, pageSize: PAGE }, query);
    const found: Happening[] = [];
    for await (const { AlarmHistoryItems = [] } of pages) {
      for (const { AlarmName = "", Timestamp, HistoryItemType, HistorySummary = "" } of AlarmHistoryItems) {
        const name = this.names.shortOf(AlarmName);
        if (name === undefined || Timestamp === undefined) continue;
        const kind = HistoryItemType as Happening["kind"];
        found.push({ at: Timestamp.toISOString(), name, kind, summary: HistorySummary });
      }
    }
    return found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  close(): void {
    this.client.destroy();
  }

  private named(
    { AlarmName = "" }: { readonly AlarmName?: string | undefined },
    as: (name: string) => StackAlarm,
  ): StackAlarm[] {
    const name = this.names.shortOf(AlarmName);
    return name === undefined ? [] : [as(name)];
  }
}
