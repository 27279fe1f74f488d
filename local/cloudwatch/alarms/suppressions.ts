import type { Clock, Release } from "../../clock";
import type { CompositeAlarm } from "./alarm";
import type { Suppressor } from "./compositeAlarmSettings";

interface Parts {
  readonly clock: Clock;
  /** Whether the alarm of that name or ARN is in ALARM. */
  isInAlarm(nameOrArn: string): boolean;
  /** Takes the actions of the state that the alarm is in. */
  act(alarm: CompositeAlarm): void;
}

/**
 * Keeps the actions of composite alarms back: while their suppressor is in ALARM, for a wait period after each of their
 * own turns, and for an extension period after the suppressor's end.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
export class Suppressions {
  /** The periods that run now. */
  private readonly running = new Map<CompositeAlarm, Release>();

  constructor(private readonly parts: Parts) {}

  /** The composite alarm has turned: acts now, or sees to it that the actions wait. */
  turned(alarm: CompositeAlarm): void {
    const { suppressor } = alarm.settings;
    this.discard(alarm);
    if (suppressor === undefined) return this.parts.act(alarm);
    if (this.parts.isInAlarm(suppressor.alarm)) return this.byAlarm(alarm, suppressor);
    this.wait(alarm, "WaitPeriod", suppressor.waitSeconds);
  }

  /** The suppressor of a composite alarm has turned. Nothing happens unless actions are being kept back. */
  suppressorTurned(alarm: CompositeAlarm): void {
    const { suppressor } = alarm.settings;
    if (suppressor === undefined || alarm.suppression === undefined) return;
    const ended = alarm.suppression.by === "Alarm";
    if (this.parts.isInAlarm(suppressor.alarm)) {
      this.discard(alarm);
      this.byAlarm(alarm, suppressor);
    } else if (ended) {
      this.wait(alarm, "ExtensionPeriod", suppressor.extensionSeconds);
    }
  }

  stop(): void {
    for (const alarm of this.running.keys()) this.discard(alarm);
  }

  private byAlarm(alarm: CompositeAlarm, { alarm: name }: Suppressor): void {
    alarm.suppression = { by: "Alarm", reason: `Actions suppressed by ${name}` };
  }

  private wait(alarm: CompositeAlarm, by: "WaitPeriod" | "ExtensionPeriod", seconds: number): void {
    this.discard(alarm);
    alarm.suppression = { by, reason: `Actions suppressed by ${by}` };
    const end = (): void => {
      this.running.delete(alarm);
      alarm.suppression = undefined;
      this.parts.act(alarm);
    };
    if (seconds === 0) return end();
    this.running.set(alarm, this.parts.clock.after(seconds * 1000, end));
  }

  private discard(alarm: CompositeAlarm): void {
    this.running.get(alarm)?.();
    this.running.delete(alarm);
    alarm.suppression = undefined;
  }
}
