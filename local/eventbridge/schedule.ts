const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads a schedule expression: milliseconds between two events. `rate(5 minutes)`, `rate(1 hour)` and
 * `rate(7 days)` are known, singular for 1 and plural for more, as EventBridge insists; `cron(…)` is refused.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function parseScheduleMs(expression: string): number {
  if (expression.startsWith("cron(")) {
    throw new Error(`the local runtime has no stand-in for the schedule ${expression}; it knows rate(…).`);
  }
  const match = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  const count = Number(match?.[1]);
  const unitMs = UNIT_MS[match?.[2] ?? ""];
  if (unitMs === undefined || count < 1 || (count === 1) !== (match?.[3] === "")) {
    throw new Error(
      `scheduleExpression "${expression}" is not valid: rate(1 minute), rate(5 minutes), rate(1 hour) are.`,
    );
  }
  return count * unitMs;
}
