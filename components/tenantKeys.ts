import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { MAX_QUOTA, type Tenant } from "../contracts/tenant";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";

/** Where tenants may call. */
export interface TenantPlanArgs {
  readonly apiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
}

/** How much a tenant may ask of the API, over all operations; the gateway holds to it as well as it can, not exactly. */
export interface RequestLimits {
  /** Requests at once, 1 to 5000. */
  readonly burst: number;
  /** Requests a second, 1 to 10,000. */
  readonly ratePerSecond: number;
  /** Requests a calendar month, unless a tenant has a number of its own; 0 is no quota. */
  readonly perMonth: number;
}

/** Settings of {@link TenantKeys}. */
export interface TenantKeysArgs {
  readonly tenants: readonly Tenant[];
  readonly requests: RequestLimits;
}

/**
 * An API key for each tenant. The key only says who calls: AWS advises against it as the one proof of identity
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html).
 */
export class TenantKeys extends Component {
  /** Tenant by the id of its key. Ids are no secrets. */
  readonly tenantByKeyId: pulumi.Output<Record<string, string>>;
  /** The keys themselves, by tenant; a secret. */
  readonly keys: pulumi.Output<Record<string, string>>;
  private readonly keyOf: ReadonlyMap<Tenant, aws.apigateway.ApiKey>;
  private readonly requests: RequestLimits;

  constructor(
    private readonly name: string,
    args: TenantKeysArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("TenantKeys", name, opts);
    refuse("TenantKeys", name, [
      outside("requests.burst", args.requests.burst, [1, 5000]),
      outside("requests.ratePerSecond", args.requests.ratePerSecond, [1, 10_000]),
      outside("requests.perMonth", args.requests.perMonth, [0, MAX_QUOTA]),
      ...args.tenants.map(({ name: tenant, requestsPerMonth = 0 }) =>
        outside(`${tenant}.requestsPerMonth`, requestsPerMonth, [0, MAX_QUOTA]),
      ),
    ]);
    this.requests = args.requests;
    this.keyOf = new Map(args.tenants.map((tenant) => [tenant, this.key(tenant.name)]));
    const keys = [...this.keyOf].map(([tenant, key]) => [tenant.name, key] as const);
    this.tenantByKeyId = pulumi
      .all(keys.map(([tenant, { id }]) => id.apply((keyId) => [keyId, tenant] as const)))
      .apply((pairs) => Object.fromEntries(pairs));
    this.keys = pulumi.secret(pulumi.all(Object.fromEntries(keys.map(([tenant, { value }]) => [tenant, value]))));
    this.registerOutputs({ keys: this.keys });
  }

  /** Lets every tenant call a stage, each under a usage plan of its own, so that use is counted and limited by tenant. */
  admitTo({ apiId, stageName }: TenantPlanArgs): void {
    const { burst, ratePerSecond, perMonth } = this.requests;
    for (const [{ name: tenant, requestsPerMonth = perMonth }, key] of this.keyOf) {
      const plan = new aws.apigateway.UsagePlan(
        `${this.name}-${tenant}-plan`,
        {
          name: physicalName(tenant, PLAN_NAME_MAX),
          description: `What the tenant ${tenant} may use`,
          apiStages: [{ apiId, stage: stageName }],
          throttleSettings: { burstLimit: burst, rateLimit: ratePerSecond },
          ...(requestsPerMonth > 0 && { quotaSettings: { limit: requestsPerMonth, period: "MONTH" } }),
        },
        { parent: this },
      );
      new aws.apigateway.UsagePlanKey(
        `${this.name}-${tenant}-plan-key`,
        { usagePlanId: plan.id, keyId: key.id, keyType: "API_KEY" },
        { parent: this },
      );
    }
  }

  private key(tenant: string): aws.apigateway.ApiKey {
    const settings = {
      name: physicalName(tenant, PLAN_NAME_MAX),
      description: `Tells that the tenant ${tenant} calls`,
    };
    return new aws.apigateway.ApiKey(`${this.name}-${tenant}-key`, settings, { parent: this });
  }
}

/** AWS names no limit; this one keeps a name readable in lists. */
const PLAN_NAME_MAX = 128;
