import type { ApiOperation } from "./apiDefinition";
import { GatewayFailure } from "./gatewayFailure";
import { Quota } from "./quota";
import { TokenBuckets } from "./tokenBucket";
import type { UsagePlan } from "./usagePlan";

/** A key as clients send it, under the id that functions and logs see. */
export interface ApiKey {
  readonly id: string;
  readonly value: string;
  readonly enabled: boolean;
}

/**
 * API keys and the plans that open stages to them. On AWS the limits of a plan are best-effort; here they are exact.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class UsagePlans {
  private readonly keysByValue = new Map<string, ApiKey>();
  private readonly plans = new Map<string, UsagePlan>();
  private readonly planIdsOfKey = new Map<string, Set<string>>();
  private readonly buckets = new TokenBuckets();
  private readonly quotas = new Map<string, Quota>();

  addKey(key: ApiKey): void {
    if (this.keysByValue.has(key.value)) throw new Error("another API key has the same value already.");
    this.keysByValue.set(key.value, key);
  }

  addPlan(id: string, plan: UsagePlan): void {
    this.plans.set(id, plan);
  }

  /** Puts a key on a plan. A key may be on several plans, but only on one for each stage. */
  join(keyId: string, planId: string): void {
    const plan = this.plans.get(planId);
    if (plan === undefined) throw new Error(`there is no usage plan "${planId}".`);
    if (![...this.keysByValue.values()].some(({ id }) => id === keyId))
      throw new Error(`there is no API key "${keyId}".`);
    const joined = this.planIdsOfKey.get(keyId) ?? new Set();
    for (const { apiId, stageName } of plan.stages) {
      if (this.planOf(keyId, apiId, stageName) === undefined) continue;
      throw new Error(`key "${keyId}" is on another usage plan of the stage "${stageName}" already.`);
    }
    this.planIdsOfKey.set(keyId, joined.add(planId));
  }

  /** The key that a client sent. @throws GatewayFailure INVALID_API_KEY for one that does not open the stage */
  identify(value: string | undefined, apiId: string, stageName: string): ApiKey {
    const key = value === undefined ? undefined : this.keysByValue.get(value);
    if (key?.enabled !== true || this.planOf(key.id, apiId, stageName) === undefined) {
      throw new GatewayFailure("INVALID_API_KEY");
    }
    return key;
  }

  /** Counts a request of a key against its plan. @throws GatewayFailure THROTTLED or QUOTA_EXCEEDED */
  admit(key: ApiKey, request: { apiId: string; stageName: string; operation: ApiOperation; nowMs: number }): void {
    const { apiId, stageName, operation, nowMs } = request;
    const [planId, plan] = this.planOf(key.id, apiId, stageName) ?? [];
    if (plan === undefined) throw new GatewayFailure("INVALID_API_KEY");
    const method = `${operation.resourcePath}/${operation.method}`;
    const stage = plan.stages.find((candidate) => candidate.apiId === apiId && candidate.stageName === stageName);
    const forMethod = stage?.throttles.get(method);
    const throttle = forMethod ?? plan.throttle;
    // A limit of one method is counted by itself; the plan's is shared by all stages and all other methods.
    const bucket = `${planId} ${key.id} ${forMethod === undefined ? "" : `${apiId} ${stageName} ${method}`}`;
    if (throttle !== undefined && !this.buckets.take(bucket, throttle, nowMs)) throw new GatewayFailure("THROTTLED");
    if (plan.quota === undefined) return;
    const quota = this.quotas.get(`${planId} ${key.id}`) ?? new Quota(plan.quota, nowMs);
    this.quotas.set(`${planId} ${key.id}`, quota);
    if (!quota.take(nowMs)) throw new GatewayFailure("QUOTA_EXCEEDED");
  }

  private planOf(keyId: string, apiId: string, stageName: string): readonly [id: string, plan: UsagePlan] | undefined {
    for (const planId of this.planIdsOfKey.get(keyId) ?? []) {
      const plan = this.plans.get(planId);
      const opens = plan?.stages.some((stage) => stage.apiId === apiId && stage.stageName === stageName);
      if (plan !== undefined && opens === true) return [planId, plan];
    }
    return undefined;
  }
}
