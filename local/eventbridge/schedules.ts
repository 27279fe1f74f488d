import type { Clock, Release } from "../clock";
import type { BusEvent } from "../feed";
import type { Rule } from "./eventBus";

/** Runs the schedules of rules: the first event comes one interval after the start. */
export class Schedules {
  private readonly releases = new Map<Rule, Release>();

  constructor(
    private readonly clock: Clock,
    /** Told the time at which the event was due: with a fast clock, the timer may be a little late. */
    private readonly trigger: (rule: Rule, dueMs: number) => void,
  ) {}

  start(rules: readonly Rule[]): void {
    for (const rule of rules) this.arm(rule, this.clock.now());
  }

  stop(): void {
    for (const release of this.releases.values()) release();
  }

  /** The next event is due one interval after the last one was, however late that came. */
  private arm(rule: Rule, lastMs: number): void {
    if (rule.schedule === undefined) return;
    const dueMs = lastMs + rule.schedule.everyMs;
    const release = this.clock.after(dueMs - this.clock.now(), () => {
      this.arm(rule, dueMs);
      if (rule.enabled) this.trigger(rule, dueMs);
    });
    this.releases.set(rule, release);
  }
}

/** What the targets of a scheduled rule get: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
export const SCHEDULED_EVENT: Pick<BusEvent, "source" | "detail-type" | "detail"> = {
  source: "aws.events",
  "detail-type": "Scheduled Event",
  detail: {},
};
