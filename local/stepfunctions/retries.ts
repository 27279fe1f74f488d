import type { RetrierDefinition } from "./definition";
import { takes, type StatesError } from "./statesError";

/**
 * The attempts of one visit to a state. Each retrier counts its own; the first that takes an error decides,
 * even when it has no attempt left.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class Retries {
  private readonly used = new Map<RetrierDefinition, number>();
  /** How often the state was tried again so far. */
  count = 0;

  /** @param random a number from 0 up to 1, for full jitter */
  constructor(
    private readonly retriers: readonly RetrierDefinition[],
    private readonly random: () => number,
  ) {}

  /** Milliseconds to wait before the next attempt, or undefined when there is none after this error. */
  delayMs(error: StatesError): number | undefined {
    const retrier = this.retriers.find(({ ErrorEquals }) => takes(ErrorEquals, error));
    if (retrier === undefined) return undefined;
    const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds = Infinity } = retrier;
    const used = this.used.get(retrier) ?? 0;
    if (used >= MaxAttempts) return undefined;
    this.used.set(retrier, used + 1);
    this.count += 1;
    const seconds = Math.min(IntervalSeconds * BackoffRate ** used, MaxDelaySeconds);
    return seconds * 1000 * (retrier.JitterStrategy === "FULL" ? this.random() : 1);
  }
}
