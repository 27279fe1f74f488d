import type { ApiOperation } from "./apiDefinition";
import { JsonPlace } from "./jsonPlace";
import type { Throttle } from "./tokenBucket";
import { TokenBuckets } from "./tokenBucket";

const known = [
  ...["throttlingBurstLimit", "throttlingRateLimit", "metricsEnabled", "loggingLevel", "dataTraceEnabled"],
  ...["cachingEnabled", "cacheTtlInSeconds", "cacheDataEncrypted", "requireAuthorizationForCacheControl"],
  "unauthorizedCacheControlHeaderStrategy",
];

/**
 * What a method may have by default: the quota of the account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const accountThrottle: Throttle = { burst: 5_000, ratePerSecond: 10_000 };

/**
 * The throttles of a stage. Those for all methods hold for each method by itself, and those for one method replace
 * them there: "Each method in this stage will respect these rate and burst settings."
 */
export class MethodSettings {
  private readonly throttles = new Map<string, Throttle>();
  private readonly buckets = new TokenBuckets();

  /**
   * @param methodPath star slash star, or `orders/{orderId}/GET`: the resource without its first slash, then the method
   * @param settings the resource's `settings`; metrics and execution logs have no local effect, caching is refused
   */
  put(methodPath: string, settings: unknown): void {
    const problems: string[] = [];
    const place = JsonPlace.root({ settings }, problems).get("settings").knows(known);
    if (place.get("cachingEnabled").flag() === true) place.get("cachingEnabled").refuse("is not supported here.");
    const burst = place.get("throttlingBurstLimit").number() ?? -1;
    const ratePerSecond = place.get("throttlingRateLimit").number() ?? -1;
    if (problems.length > 0) throw new Error(problems.join(" "));
    // The provider's -1 means: no own limit.
    this.throttles.set(methodPath.replace(/^\//, ""), {
      burst: burst === -1 ? accountThrottle.burst : burst,
      ratePerSecond: ratePerSecond === -1 ? accountThrottle.ratePerSecond : ratePerSecond,
    });
  }

  admits({ resourcePath, method }: ApiOperation, nowMs: number): boolean {
    const methodPath = `${resourcePath.slice(1)}/${method}`;
    const throttle = this.throttles.get(methodPath) ?? this.throttles.get("*/*") ?? accountThrottle;
    return this.buckets.take(methodPath, throttle, nowMs);
  }
}
