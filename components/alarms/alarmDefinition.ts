import type { Metric, MetricMath } from "../metric";

/** How bad it is. */
export type Severity = "now" | "today";

/**
 * Who is told. What keeps orders from flowing has many symptoms, and one mail: that of the alarm `orders-not-flowing`,
 * which is on while any of its symptoms is.
 * - `symptom`: has no mail of its own.
 * - `unless orders stand`: a thing of its own, or one more consequence. While orders do not flow its mail is held back,
 *   and sent when they flow again and it still is so.
 * - `always`: has nothing to do with the flow of orders.
 */
export type Mail = "symptom" | "unless orders stand" | "always";

/** An alarm as data. */
export interface AlarmDefinition {
  /** Names the alarm, with project and stack. Lower-case letters, digits and hyphens. */
  readonly id: string;
  /** Its section in docs/runbook.md. @default the id */
  readonly section?: string;
  /** What it means, in whole sentences. */
  readonly meaning: string;
  readonly severity: Severity;
  /** What to do first, in whole sentences. */
  readonly firstStep: string;
  readonly watched: Metric | MetricMath;
  readonly goesOff: "above" | "below";
  readonly threshold: number;
  readonly periodSeconds: number;
  /** Goes off when so many of the latest `of` periods are on the wrong side. */
  readonly periods: number;
  readonly of: number;
  /**
   * What a period without data counts as. Most metrics are reported only when something happens, so their absence is
   * good; where it is the trouble itself it counts as `breaching`, and where it says nothing the state is kept.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
   */
  readonly missing: "notBreaching" | "breaching" | "ignore";
  readonly mail: Mail;
}

/** The latest minute, or so many of the latest few: for metrics of which a single bad minute is nothing. */
export const AT_ONCE = { periodSeconds: 60, periods: 1, of: 1 } as const;
export const LASTING = { periodSeconds: 60, periods: 2, of: 3 } as const;
export const FIVE_MINUTES = { periodSeconds: 300, periods: 1, of: 1 } as const;

/**
 * Any minute, or any two, of the latest ten. For consequences, whose mail waits for {@link WAIT_SECONDS}: an alarm that is
 * over by then is never told.
 */
export const ONCE = { periodSeconds: 60, periods: 1, of: 10 } as const;
export const AGAIN = { periodSeconds: 60, periods: 2, of: 10 } as const;

/** Seconds that a consequence waits for its cause to be noticed: the slowest symptom needs three minutes. */
export const WAIT_SECONDS = 240;

/** An alarm that reads more metrics is refused: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
export const MOST_METRICS = 10;

/** The sum of metrics. A period in which only some of them have data has the sum of those. */
export function sumOf(metrics: Readonly<Record<string, Metric>>, label: string): MetricMath {
  return { metrics, expression: `SUM([${Object.keys(metrics).join(", ")}])`, label };
}

/** An alarm on the sum of any number of metrics; where they are more than one alarm may read, several alarms of one section. */
export function alarmsOnSum(
  metrics: readonly Metric[],
  alarm: Omit<AlarmDefinition, "watched"> & { readonly label: string },
): readonly AlarmDefinition[] {
  const { label, ...definition } = alarm;
  const chunks = Array.from({ length: Math.ceil(metrics.length / MOST_METRICS) }, (_, index) =>
    metrics.slice(index * MOST_METRICS, (index + 1) * MOST_METRICS),
  );
  return chunks.map((chunk, index) => ({
    ...definition,
    id: index === 0 ? alarm.id : `${alarm.id}-${index + 1}`,
    section: alarm.section ?? alarm.id,
    watched: sumOf(Object.fromEntries(chunk.map((metric, position) => [`m${position + 1}`, metric])), label),
  }));
}

const HOW_BAD: Readonly<Record<Severity, string>> = {
  now: "Customers notice it: act now.",
  today: "No customer notices it yet: look at it today.",
};

/** What an alarm says of itself. */
export type Told = Pick<AlarmDefinition, "id" | "section" | "meaning" | "severity" | "firstStep">;

/** What the mail says: what it means, how bad it is, what to do first, and where to read on. */
export function describe({ id, section = id, meaning, severity, firstStep }: Told, runbook: string): string {
  return `${meaning} ${HOW_BAD[severity]} First: ${firstStep} ${runbook}#${section}`;
}
