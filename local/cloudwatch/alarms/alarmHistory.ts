import type { Alarm } from "./alarm";

/** One thing that happened to an alarm, as DescribeAlarmHistory tells it. */
export interface HistoryItem {
  readonly AlarmName: string;
  readonly AlarmType: Alarm["type"];
  readonly timeMs: number;
  readonly HistoryItemType: "ConfigurationUpdate" | "StateUpdate" | "Action";
  readonly HistorySummary: string;
  /** JSON. */
  readonly HistoryData: string;
}

/** Items that are kept, of all alarms together; the oldest make room. (CloudWatch keeps 30 days.) */
export const MOST_ITEMS = 5_000;

/** What happened to the alarms. */
export class AlarmHistory {
  private readonly kept: HistoryItem[] = [];

  /** Oldest first. */
  get items(): readonly HistoryItem[] {
    return this.kept;
  }

  add(
    alarm: Alarm,
    timeMs: number,
    item: Pick<HistoryItem, "HistoryItemType" | "HistorySummary"> & { readonly data: object },
  ): void {
    const { HistoryItemType, HistorySummary, data } = item;
    const HistoryData = JSON.stringify({ version: "1.0", ...data });
    const { name: AlarmName } = alarm.identity;
    this.kept.push({ AlarmName, AlarmType: alarm.type, timeMs, HistoryItemType, HistorySummary, HistoryData });
    if (this.kept.length > MOST_ITEMS) this.kept.shift();
  }
}
