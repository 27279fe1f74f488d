import type { Retrier } from "./document";

/** How often and how patiently a task is tried again after a fault. Rejections are never tried again. */
export interface RetryPolicy {
  /** Tries in all, the first included; 1 means no retry. */
  readonly attempts: number;
  /** Longest pause before the second try, whole seconds, at least 1. The pause is drawn from 0 to this (full jitter). */
  readonly intervalSeconds: number;
  /** Factor by which the longest pause grows with each further try, at least 1. */
  readonly backoffRate: number;
  /** Bound of the growing pause, whole seconds. */
  readonly maxDelaySeconds: number;
}

/** The policies of a saga, by what the task is for. */
export interface RetryPolicies {
  /** Steps that can still be undone. */
  readonly forward: RetryPolicy;
  /** The fence, the undos and the closing task: when they give up, the queue tries the whole execution again. */
  readonly back: RetryPolicy;
  /** Steps past the pivot, which can only go forward. */
  readonly committed: RetryPolicy;
}

/**
 * One retry on either way, so that a saga of four steps and three undos fits into a minute even when
 * every attempt takes its full time. The queue's redelivery is the patient retry behind them.
 */
export const DEFAULT_RETRIES: RetryPolicies = {
  forward: { attempts: 2, intervalSeconds: 1, backoffRate: 2, maxDelaySeconds: 5 },
  back: { attempts: 2, intervalSeconds: 1, backoffRate: 2, maxDelaySeconds: 5 },
  committed: { attempts: 5, intervalSeconds: 1, backoffRate: 2, maxDelaySeconds: 5 },
};

/** Everything that is wrong with a policy, as clauses. */
export function policyProblems({ attempts, intervalSeconds, backoffRate, maxDelaySeconds }: RetryPolicy): string[] {
  const whole = (value: number, min: number): boolean => Number.isInteger(value) && value >= min;
  return [
    ...(whole(attempts, 1) ? [] : [`attempts must be a whole number from 1, not ${attempts}`]),
    ...(whole(intervalSeconds, 1) ? [] : [`intervalSeconds must be a whole number from 1, not ${intervalSeconds}`]),
    ...(backoffRate >= 1 ? [] : [`backoffRate must be at least 1, not ${backoffRate}`]),
    ...(whole(maxDelaySeconds, 1) ? [] : [`maxDelaySeconds must be a whole number from 1, not ${maxDelaySeconds}`]),
  ];
}

/**
 * Renders a policy. States.ALL stands alone and last, as it must, and covers throttles (Lambda.TooManyRequestsException), crashes and
 * timeouts: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function retryFaults({
  attempts,
  intervalSeconds,
  backoffRate,
  maxDelaySeconds,
}: RetryPolicy): readonly Retrier[] {
  if (attempts === 1) return [{ ErrorEquals: ["States.ALL"], MaxAttempts: 0 }];
  return [
    {
      ErrorEquals: ["States.ALL"],
      MaxAttempts: attempts - 1,
      IntervalSeconds: intervalSeconds,
      BackoffRate: backoffRate,
      MaxDelaySeconds: maxDelaySeconds,
      JitterStrategy: "FULL",
    },
  ];
}
