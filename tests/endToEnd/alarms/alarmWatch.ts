import assert from "node:assert/strict";
import type { FeedEvents } from "../../../local/feed";
import type { Shop } from "../shop";
import type { Pace } from "./pace";

type Turn = Pick<FeedEvents["alarm"], "name" | "to">;

/** What a pipeline's alarms do, and what of it the operators are told; alarms are called as in docs/runbook.md. */
export class AlarmWatch {
  /** Every alarm on a metric. */
  readonly metricAlarms: readonly string[];
  private readonly turns: Turn[] = [];
  private readonly mails: Turn[] = [];
  private readonly states = new Map<string, string>();
  private seenTurns = 0;
  private seenMails = 0;

  constructor(
    private readonly shop: Shop,
    private readonly pace: Pace,
  ) {
    const { feed, resources } = shop.pipeline.runtime;
    const ofType = (type: string) => resources.filter((resource) => resource.type.endsWith(`:${type}`));
    this.metricAlarms = ofType("MetricAlarm").map(({ outputs }) => this.idOf(String(outputs["name"])));
    feed.on("alarm", ({ name, to }) => {
      this.turns.push({ name: this.idOf(name), to });
      this.states.set(this.idOf(name), to);
    });
    feed.on("mail", ({ to, subject = "" }) => {
      const [, state, name = ""] = /^(ALARM|OK): "([^"]+)"/.exec(subject) ?? [];
      if (to === "operators@shop.example" && state !== undefined)
        this.mails.push({ name: this.idOf(name), to: state as Turn["to"] });
    });
  }

  /** Forgets what has been. */
  mark(): void {
    [this.seenTurns, this.seenMails] = [this.turns.length, this.mails.length];
  }

  /** Waits until each of these alarms has turned so since the mark. */
  async turned(ids: readonly string[], to: Turn["to"]): Promise<void> {
    const missing = () => ids.filter((id) => !includes(this.turns.slice(this.seenTurns), id, to));
    await this.wait(() => missing().length === 0, `to ${to}`, missing);
  }

  /** Waits until each of these alarms is so; one that never turned is OK. */
  async are(ids: readonly string[], state: Turn["to"]): Promise<void> {
    const others = () => ids.filter((id) => (this.states.get(id) ?? "OK") !== state);
    await this.wait(() => others().length === 0, `in ${state}`, others);
  }

  /** Waits until each of these alarms was mailed since the mark, by itself or by what speaks for it. */
  async mailed(ids: readonly string[], to: Turn["to"]): Promise<void> {
    const missing = () => ids.filter((id) => !includes(this.mails.slice(this.seenMails), this.speakerOf(id), to));
    await this.wait(() => missing().length === 0, `mailed as ${to}`, missing);
  }

  /** Whose mail tells of an alarm: its own, its wrapper's, or that of the incident that it is a symptom of. */
  private speakerOf(id: string): string {
    const { resources } = this.shop.pipeline.runtime;
    const nameOf = ({ inputs }: (typeof resources)[number]) => this.idOf(String(inputs["alarmName"] ?? inputs["name"]));
    const watches = (rule: unknown) =>
      [...String(rule).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name = ""]) => this.idOf(name));
    const speakers = resources.filter(
      (alarm) =>
        Array.isArray(alarm.inputs["alarmActions"]) &&
        (nameOf(alarm) === id || watches(alarm.inputs["alarmRule"]).includes(id)),
    );
    assert.equal(speakers.length, 1, `${id} is told by ${speakers.length} alarms`);
    return speakers.map(nameOf).join();
  }

  private idOf(name: string): string {
    return name.replace(/^orderflow-[a-z]+-/, "");
  }

  private wait(holds: () => boolean, what: string, missing: () => readonly string[]): Promise<void> {
    return this.pace
      .letting(() => this.shop.until(what, holds, 60_000))
      .catch(() => {
        throw new assert.AssertionError({ message: `not ${what}: ${missing().join(", ")}` });
      });
  }
}

function includes(turns: readonly Turn[], name: string, to: string): boolean {
  return turns.some((turn) => turn.name === name && turn.to === to);
}
