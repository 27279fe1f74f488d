import type { Clock } from "../../clock";
import type { Feed } from "../../feed";
import type { Cloud } from "../../resource";
import type { Alarm, AlarmState } from "./alarm";
import type { AlarmHistory } from "./alarmHistory";
import { notificationOf, type Notification } from "./notification";

/** Publishes to a topic in the name of CloudWatch, for an alarm; throws or rejects when the topic does not take it. */
export type Publish = (topicArn: string, notification: Notification, alarmArn: string) => Promise<void> | void;

interface Parts {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly history: AlarmHistory;
  readonly publish: Publish;
}

/** Tells topics of the turns of alarms. */
export class AlarmActions {
  private stopped = false;

  constructor(private readonly parts: Parts) {}

  /** Takes the actions of the state that the alarm is in now; `before` is the state that it had. */
  take(alarm: Alarm, before: AlarmState): void {
    if (!alarm.actionsEnabled || this.stopped) return;
    const notification = notificationOf(alarm, before, this.parts.cloud);
    for (const topicArn of alarm.identity.actions[alarm.state.value]) void this.publish(alarm, topicArn, notification);
  }

  stop(): void {
    this.stopped = true;
  }

  private async publish(alarm: Alarm, topicArn: string, notification: Notification): Promise<void> {
    const { clock, feed, publish } = this.parts;
    const { value } = alarm.state;
    // A fast clock must not run ahead of the message.
    const release = clock.busy();
    try {
      await publish(topicArn, notification, alarm.identity.arn);
      this.note(alarm, `Successfully executed action ${topicArn}`, { actionState: "Succeeded", stateUpdate: value });
    } catch (error) {
      const { message } = error as Error;
      this.note(alarm, `Failed to execute action ${topicArn}. Received error: "${message}"`, {
        actionState: "Failed",
        stateUpdate: value,
        error: message,
      });
      if (!this.stopped)
        feed.emit("trouble", { where: `alarm ${alarm.identity.name}`, message: `${topicArn}: ${message}` });
    } finally {
      setImmediate(release);
    }
  }

  private note(alarm: Alarm, HistorySummary: string, data: object): void {
    const { history, clock } = this.parts;
    history.add(alarm, clock.now(), { HistoryItemType: "Action", HistorySummary, data });
  }
}
