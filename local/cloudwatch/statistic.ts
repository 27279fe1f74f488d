/** What a period's values are boiled down to. */
export type Statistic =
  | { readonly kind: "SampleCount" | "Sum" | "Average" | "Minimum" | "Maximum" }
  | { readonly kind: "percentile"; readonly percent: number };

const SIMPLE = ["SampleCount", "Sum", "Average", "Minimum", "Maximum"] as const;

/**
 * Reads `Sum`, `Average`, …, or a percentile from `p0` to `p100` with at most ten decimal places; throws for anything
 * else. Trimmed means and their kin (`tm`, `wm`, `tc`, `ts`, `pr`, `iqm`) are known to CloudWatch and refused here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function parseStatistic(text: string): Statistic {
  const simple = SIMPLE.find((kind) => kind === text);
  if (simple !== undefined) return { kind: simple };
  const percent = Number(/^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(text)?.[1]);
  if (percent >= 0 && percent <= 100) return { kind: "percentile", percent };
  if (/^(tm|wm|tc|ts|pr|iqm)/i.test(text)) {
    throw new Error(`the local runtime has no stand-in for the statistic ${text}; it knows percentiles such as p99.`);
  }
  throw new Error(`"${text}" is not a statistic: ${SIMPLE.join(", ")} and percentiles such as p99.9 are.`);
}
