import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { MAX_BURST, MAX_RATE_PER_SECOND, type OrderLimit, type Tenant } from "../contracts/tenant";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { allow, type Statement } from "./statements";
import { safeTable, TABLE_NAME_MAX } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";

/** Settings of {@link TenantLimits}. */
export interface TenantLimitsArgs {
  readonly tenants: readonly Tenant[];
  /** Orders that a tenant may place at once, 1 to 100,000, unless it has a burst of its own. */
  readonly burst: number;
  /** Orders a second that a tenant may place in the long run, 1 to 1000, unless it has a rate of its own. */
  readonly ratePerSecond: number;
}

/** How fast each tenant may place orders: exactly, over all functions that take them. One item for each tenant that does. */
export class TenantLimits extends Component {
  readonly tableName: pulumi.Output<string>;
  readonly tableMetrics: TableMetrics;
  /** By tenant. */
  readonly limits: Readonly<Record<string, OrderLimit>>;
  private readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: TenantLimitsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("TenantLimits", name, opts);
    this.limits = Object.fromEntries(args.tenants.map((tenant) => [tenant.name, limitOf(tenant, args)]));
    refuse("TenantLimits", name, [
      ...problemsOf(args),
      ...args.tenants.flatMap((tenant) => problemsOf(tenant, `${tenant.name}.`)),
    ]);
    const table = new aws.dynamodb.Table(
      `${name}-table`,
      {
        ...safeTable({ protectData: false }),
        // A tenant whose item is lost has its whole burst again, and nothing else happens.
        pointInTimeRecovery: { enabled: false },
        name: physicalName("rate-limits", TABLE_NAME_MAX),
        hashKey: "tenantId",
        attributes: [{ name: "tenantId", type: "S" }],
        ttl: { attributeName: "expiresAt", enabled: true },
      },
      { parent: this },
    );
    this.tableName = table.name;
    this.tableMetrics = new TableMetrics({ title: "limits", tableName: table.name });
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Taking one order off what is left to a tenant. */
  canTake(): Statement {
    return allow(["dynamodb:UpdateItem"], this.tableArn);
  }

  /** Looking at what is left. */
  canLook(): Statement {
    return allow(["dynamodb:GetItem"], this.tableArn);
  }
}

function limitOf({ burst, ratePerSecond }: Tenant, stack: OrderLimit): OrderLimit {
  return { burst: burst ?? stack.burst, ratePerSecond: ratePerSecond ?? stack.ratePerSecond };
}

function problemsOf({ burst, ratePerSecond }: Partial<OrderLimit>, of = ""): (string | false)[] {
  const consequence = "one item takes no more writes a second";
  return [
    burst !== undefined && outside(`${of}burst`, burst, [1, MAX_BURST]),
    ratePerSecond !== undefined && outside(`${of}ratePerSecond`, ratePerSecond, [1, MAX_RATE_PER_SECOND], consequence),
  ];
}
