import type { QueueMetrics } from "../queueMetrics";
import { AT_ONCE, type AlarmDefinition, type Severity } from "./alarmDefinition";

/** A queue that keeps what was given up, and waits for a hand. */
export interface FailureQueue {
  /** Names the alarm. */
  readonly id: string;
  readonly section?: string;
  /** What it means that something is in it. */
  readonly meaning: string;
  readonly severity: Severity;
  /** Whole sentences. */
  readonly firstStep: string;
  readonly metrics: QueueMetrics;
}

/** One letter is an alarm, for it is somebody's order or message. Moves by SQS are not "sent", so the depth is watched. */
export function letterAlarms(queues: readonly FailureQueue[]): readonly AlarmDefinition[] {
  return queues.map(({ id, section, meaning, severity, firstStep, metrics }) => ({
    ...{ id, ...(section !== undefined && { section }), meaning, severity, firstStep, ...AT_ONCE },
    watched: metrics.depth(),
    goesOff: "above",
    threshold: 0,
    // AWS reports a queue "for up to six hours" after something happened in it. Silence says nothing of what it holds.
    missing: "ignore",
    mail: "unless orders stand",
  }));
}

/** The first step for a queue that `npm run dead-letters` knows by this name. */
export function lookAtLetters(queue: string): string {
  return `npm run dead-letters -- list --queue ${queue} tells which and why; replay them when the cause is gone.`;
}
