import { AwsError } from "../../awsError";
import type { Clock } from "../../clock";
import type { Feed } from "../../feed";
import type { Cloud } from "../../resource";
import type { MetricStore } from "../metricStore";
import type { Alarm, AlarmState, CompositeAlarm, MetricAlarm } from "./alarm";
import { AlarmActions, type Publish } from "./alarmActions";
import { AlarmHistory } from "./alarmHistory";
import { evaluateAlarm, isSilent } from "./evaluateAlarm";
import { reasonDataOf, reasonOf } from "./reason";
import { Suppressions } from "./suppressions";
import { isoTime, longTime } from "./times";
import type { StateValue } from "./verdict";

/** What the alarms of an account need. */
export interface AlarmsParts {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly store: MetricStore;
  readonly publish: Publish;
}

/** A new state of an alarm, before it is known whether it differs from the old one. */
type Proposal = Pick<AlarmState, "value" | "reason" | "reasonData">;

/** All alarms: their states, how they follow metrics and each other, and what they set off. */
export class Alarms {
  readonly history = new AlarmHistory();
  private readonly byName = new Map<string, Alarm>();
  /** Alarms whose metrics were silent at the last evaluation: more silence tells nothing new. */
  private readonly silent = new Set<MetricAlarm>();
  private readonly actions: AlarmActions;
  private readonly suppressions: Suppressions;
  /** The state before the latest turn, which messages name. */
  private readonly before = new WeakMap<Alarm, AlarmState>();

  constructor(private readonly parts: AlarmsParts) {
    this.actions = new AlarmActions({ ...parts, history: this.history });
    this.suppressions = new Suppressions({
      clock: parts.clock,
      isInAlarm: (name) => this.find(name)?.state.value === "ALARM",
      act: (alarm) => this.act(alarm),
    });
  }

  /** In the order in which they were made. */
  get all(): readonly Alarm[] {
    return [...this.byName.values()];
  }

  get metricAlarms(): readonly MetricAlarm[] {
    return this.all.filter((alarm) => alarm.type === "MetricAlarm");
  }

  /** By name or ARN. */
  find(nameOrArn: string): Alarm | undefined {
    return this.byName.get(nameOrArn.startsWith("arn:") ? (nameOrArn.split(":alarm:")[1] ?? "") : nameOrArn);
  }

  /** Throws when there is an alarm of that name, or when a composite alarm names one that there is not. */
  add(alarm: Alarm): void {
    const { name } = alarm.identity;
    if (this.byName.has(name)) throw new Error(`an alarm named ${name} exists already.`);
    if (alarm.type === "CompositeAlarm") this.checkNames(alarm);
    this.byName.set(name, alarm);
    this.history.add(alarm, alarm.identity.createdMs, {
      HistoryItemType: "ConfigurationUpdate",
      HistorySummary: `Alarm "${name}" created`,
      data: { type: "Create", createdAlarm: { alarmName: name, alarmArn: alarm.identity.arn } },
    });
  }

  /** Evaluates the composite alarms for the first time; from then on they follow their children. */
  begin(): void {
    const nowMs = this.parts.clock.now();
    for (const alarm of this.all) {
      if (alarm.type !== "CompositeAlarm") continue;
      const value = this.valueOf(alarm);
      const reason = `${alarm.identity.arn} was created and its alarm rule evaluates to ${value}`;
      const children = alarm.settings.rule.children.flatMap((name) => this.find(name) ?? []);
      this.propose(alarm, { value, reason, reasonData: triggering(children) }, nowMs);
    }
  }

  /** Evaluates the metric alarms that `due` says, on the data before a time. */
  evaluate(atMs: number, due: (alarm: MetricAlarm) => boolean): void {
    for (const alarm of this.metricAlarms) if (due(alarm)) this.evaluateOne(alarm, atMs);
  }

  /** Turns an alarm by hand, until its next evaluation says otherwise. */
  turn(alarm: Alarm, proposal: Proposal): void {
    if (alarm.type === "MetricAlarm") this.silent.delete(alarm);
    this.propose(alarm, proposal, this.parts.clock.now());
  }

  stop(): void {
    this.actions.stop();
    this.suppressions.stop();
  }

  private evaluateOne(alarm: MetricAlarm, atMs: number): void {
    const { store } = this.parts;
    const silent = isSilent(alarm, store, atMs);
    if (silent && this.silent.has(alarm)) return;
    if (silent) this.silent.add(alarm);
    else this.silent.delete(alarm);
    const evaluation = evaluateAlarm(alarm, store, atMs);
    const { state: value } = evaluation.verdict;
    // A state that lasts keeps the reason that it began with.
    if (value === undefined || value === alarm.state.value) return;
    const { settings } = alarm;
    const reason = reasonOf(evaluation, settings);
    this.propose(alarm, { value, reason, reasonData: reasonDataOf(evaluation, settings) }, atMs);
  }

  private propose(alarm: Alarm, { value, reason, reasonData }: Proposal, atMs: number): void {
    const before = alarm.state;
    const turned = value !== before.value;
    const transitionedMs = turned ? atMs : before.transitionedMs;
    alarm.state = { value, reason, reasonData, updatedMs: atMs, transitionedMs };
    if (!turned) return;
    this.before.set(alarm, before);
    this.tell(alarm, before, atMs);
    if (alarm.type === "CompositeAlarm") this.suppressions.turned(alarm);
    else this.act(alarm);
    this.followTurnOf(alarm, atMs);
  }

  private tell(alarm: Alarm, before: AlarmState, timeMs: number): void {
    const { name, arn } = alarm.identity;
    const { value: to, reason } = alarm.state;
    this.history.add(alarm, timeMs, {
      HistoryItemType: "StateUpdate",
      HistorySummary: `Alarm updated from ${before.value} to ${to}`,
      data: { oldState: inHistory(before), newState: inHistory(alarm.state) },
    });
    this.parts.feed.emit("alarm", { name, arn, type: alarm.type, from: before.value, to, reason, timeMs });
  }

  private act(alarm: Alarm): void {
    this.actions.take(alarm, this.before.get(alarm) ?? alarm.state);
  }

  /** Composite alarms that watch the alarm, or whose actions it keeps back. */
  private followTurnOf(child: Alarm, atMs: number): void {
    for (const alarm of this.all) {
      if (alarm.type !== "CompositeAlarm") continue;
      const { rule, suppressor } = alarm.settings;
      if (suppressor !== undefined && this.find(suppressor.alarm) === child) this.suppressions.suppressorTurned(alarm);
      if (!rule.children.some((name) => this.find(name) === child)) continue;
      const value = this.valueOf(alarm);
      const reason = `${child.identity.arn} transitioned to ${child.state.value} at ${longTime(atMs)}`;
      if (value !== alarm.state.value) this.propose(alarm, { value, reason, reasonData: triggering([child]) }, atMs);
    }
  }

  private valueOf({ settings }: CompositeAlarm): StateValue {
    return settings.rule.holds((name) => this.existing(name).state.value) ? "ALARM" : "OK";
  }

  private checkNames({ settings }: CompositeAlarm): void {
    const { rule, suppressor } = settings;
    for (const name of [...rule.children, ...(suppressor === undefined ? [] : [suppressor.alarm])]) this.existing(name);
  }

  private existing(name: string): Alarm {
    const alarm = this.find(name);
    if (alarm === undefined) throw new AwsError("ValidationError", `there is no alarm ${name}.`);
    return alarm;
  }
}

function inHistory({ value, reason, reasonData }: AlarmState): object {
  const data = reasonData === undefined ? {} : { stateReasonData: JSON.parse(reasonData) as unknown };
  return { stateValue: value, stateReason: reason, ...data };
}

function triggering(alarms: readonly Alarm[]): string {
  return JSON.stringify({
    triggeringAlarms: alarms.map(({ identity: { arn }, state: { value, updatedMs } }) => ({
      arn,
      state: { value, timestamp: isoTime(updatedMs) },
    })),
  });
}
