import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";

/** Where tenants may call. */
export interface TenantPlanArgs {
  readonly apiId: pulumi.Input<string>;
  readonly stageName: pulumi.Input<string>;
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
  private readonly keyOf: ReadonlyMap<string, aws.apigateway.ApiKey>;

  constructor(
    private readonly name: string,
    args: { readonly tenants: readonly string[] },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("TenantKeys", name, opts);
    this.keyOf = new Map(args.tenants.map((tenant) => [tenant, this.key(tenant)]));
    const keys = [...this.keyOf];
    this.tenantByKeyId = pulumi
      .all(keys.map(([tenant, { id }]) => id.apply((keyId) => [keyId, tenant] as const)))
      .apply((pairs) => Object.fromEntries(pairs));
    this.keys = pulumi.secret(pulumi.all(Object.fromEntries(keys.map(([tenant, { value }]) => [tenant, value]))));
    this.registerOutputs({ keys: this.keys });
  }

  /** Lets every tenant call a stage, each under a usage plan of its own, so that use is counted and can be limited by tenant. */
  admitTo({ apiId, stageName }: TenantPlanArgs): void {
    for (const [tenant, key] of this.keyOf) {
      const plan = new aws.apigateway.UsagePlan(
        `${this.name}-${tenant}-plan`,
        {
          name: physicalName(tenant, PLAN_NAME_MAX),
          description: `What the tenant ${tenant} may use`,
          apiStages: [{ apiId, stage: stageName }],
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
