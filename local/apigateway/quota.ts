/** How many requests a key may make in a period. */
export interface QuotaSettings {
  readonly limit: number;
  /** Subtracted from the limit in the first period. */
  readonly offset: number;
  readonly period: "DAY" | "WEEK" | "MONTH";
}

/**
 * Counts the requests of one key in periods of UTC: days, weeks that begin on Monday, calendar months. (AWS does not
 * say on which day a week begins.)
 */
export class Quota {
  private readonly firstPeriod: number;
  private countedPeriod: number;
  private used = 0;

  constructor(
    private readonly settings: QuotaSettings,
    nowMs: number,
  ) {
    this.firstPeriod = periodStartMs(settings.period, nowMs);
    this.countedPeriod = this.firstPeriod;
  }

  /** Counts a request; false, and uncounted, when the limit of this period is reached. */
  take(nowMs: number): boolean {
    const period = periodStartMs(this.settings.period, nowMs);
    if (period !== this.countedPeriod) this.used = 0;
    this.countedPeriod = period;
    const limit = this.settings.limit - (period === this.firstPeriod ? this.settings.offset : 0);
    if (this.used >= limit) return false;
    this.used += 1;
    return true;
  }
}

function periodStartMs(period: QuotaSettings["period"], nowMs: number): number {
  const now = new Date(nowMs);
  const monthStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
  if (period === "MONTH") return monthStart;
  const dayStart = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const daysSinceMonday = (now.getUTCDay() + 6) % 7;
  return period === "DAY" ? dayStart : dayStart - daysSinceMonday * 86_400_000;
}
