import type { Clock, Release } from "../clock";
import type { BusEvent } from "../feed";
import type { Rule } from "./eventBus";

/** Runs the schedules of rules: the first event comes one interval after the start. */
export class Schedules {
  private readonly releases = new Map<Rule, Release>();

  constructor(
    private readonly clock: Clock,
    private readonly trigger: (rule: Rule) => void,
  ) {}

  start(rules: readonly Rule[]): void {
    for (const rule of rules) this.arm(rule);
  }

  stop(): void {
    for (const release of this.releases.values()) release();
  }

  private arm(rule: Rule): void {
    if (rule.schedule === undefined) return;
    const release = this.clock.after(rule.schedule.everyMs, () => {
      this.arm(rule);
      if (rule.enabled) this.trigger(rule);
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
