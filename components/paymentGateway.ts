import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { allow, type Statement } from "./statements";
import { protection, safeTable, TABLE_NAME_MAX, type TableProtection } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";

/** Settings of a {@link PaymentGateway}. */
export interface PaymentGatewayArgs extends TableProtection {
  /** Orders of a hundred that are declined, 0 to 100; decided once per order, from its id. */
  readonly failurePercent: number;
  /** Milliseconds that the gateway takes to answer, 0 to 2000: a payment task has three seconds. */
  readonly latencyMs: number;
}

/**
 * The simulated payment gateway. It runs inside the payment tasks; what makes it a party of its own is
 * its book, the Payments table, which nobody else writes.
 */
export class PaymentGateway extends Component {
  readonly tableName: pulumi.Output<string>;
  readonly tableMetrics: TableMetrics;
  readonly failurePercent: number;
  readonly latencyMs: number;
  private readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: PaymentGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("PaymentGateway", name, opts);
    refuse("PaymentGateway", name, [
      outside("failurePercent", args.failurePercent, [0, 100]),
      outside("latencyMs", args.latencyMs, [0, PAYMENT_LATENCY_MAX_MS], "every payment would time out"),
    ]);
    const table = new aws.dynamodb.Table(
      `${name}-table`,
      {
        ...safeTable(args),
        name: physicalName("payments", TABLE_NAME_MAX),
        hashKey: "orderId",
        attributes: [{ name: "orderId", type: "S" }],
      },
      { parent: this, ...protection(args) },
    );
    this.tableName = table.name;
    this.tableMetrics = new TableMetrics({ title: "payments", tableName: table.name, isRead: false });
    this.tableArn = table.arn;
    this.failurePercent = args.failurePercent;
    this.latencyMs = args.latencyMs;
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Charging and refunding, each of them one write under a condition. */
  canPay(): Statement {
    return allow(["dynamodb:UpdateItem"], this.tableArn);
  }
}

const PAYMENT_LATENCY_MAX_MS = 2000;
