import type { CompositeAlarmSettings } from "./compositeAlarmSettings";
import type { MetricAlarmSettings } from "./metricAlarmSettings";
import { UNCHECKED } from "./reason";
import type { StateValue } from "./verdict";

/** An alarm's state, why it has it, and since when (ms). */
export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** JSON; absent until the first evaluation. */
  readonly reasonData?: string | undefined;
  readonly updatedMs: number;
  /** When it last turned from one value to another. */
  readonly transitionedMs: number;
}

/** What every alarm is given. */
export interface AlarmIdentity {
  readonly name: string;
  readonly arn: string;
  readonly description?: string | undefined;
  readonly createdMs: number;
  /** ARNs of topics that are told of a turn to this state; at most five each. */
  readonly actions: Readonly<Record<StateValue, readonly string[]>>;
}

/** What keeps the actions of a composite alarm back. */
export interface Suppression {
  readonly by: "WaitPeriod" | "ExtensionPeriod" | "Alarm";
  readonly reason: string;
}

interface Common {
  readonly identity: AlarmIdentity;
  actionsEnabled: boolean;
  state: AlarmState;
}

/** Watches a metric, or an expression over metrics. */
export interface MetricAlarm extends Common {
  readonly type: "MetricAlarm";
  readonly settings: MetricAlarmSettings;
}

/** Watches other alarms. */
export interface CompositeAlarm extends Common {
  readonly type: "CompositeAlarm";
  readonly settings: CompositeAlarmSettings;
  suppression: Suppression | undefined;
}

export type Alarm = MetricAlarm | CompositeAlarm;

/** The state of an alarm that was made just now. */
export function initialState(nowMs: number): AlarmState {
  return { value: "INSUFFICIENT_DATA", reason: UNCHECKED, updatedMs: nowMs, transitionedMs: nowMs };
}
