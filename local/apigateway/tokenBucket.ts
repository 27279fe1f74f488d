/** How fast requests may come: `ratePerSecond` in the long run, `burst` at once. */
export interface Throttle {
  readonly burst: number;
  readonly ratePerSecond: number;
}

/**
 * The token bucket of API Gateway: it holds `burst` tokens and gains `ratePerSecond`; a request takes one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export class TokenBucket {
  private tokens: number;
  private countedMs: number;

  constructor(
    private readonly throttle: Throttle,
    nowMs: number,
  ) {
    this.tokens = throttle.burst;
    this.countedMs = nowMs;
  }

  /** Takes a token; false when there is none. */
  take(nowMs: number): boolean {
    const { burst, ratePerSecond } = this.throttle;
    this.tokens = Math.min(burst, this.tokens + ((nowMs - this.countedMs) / 1000) * ratePerSecond);
    this.countedMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

/** Buckets made on first use, one for each key. */
export class TokenBuckets {
  private readonly buckets = new Map<string, TokenBucket>();

  take(key: string, throttle: Throttle, nowMs: number): boolean {
    let bucket = this.buckets.get(key);
    if (bucket === undefined) this.buckets.set(key, (bucket = new TokenBucket(throttle, nowMs)));
    return bucket.take(nowMs);
  }
}
