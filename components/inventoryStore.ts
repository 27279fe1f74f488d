import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { allow, type Statement } from "./statements";
import { protection, safeTable, TABLE_NAME_MAX, type TableProtection } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";

/** The Inventory table: what is sold, at which price, and how much of it is left. */
export class InventoryStore extends Component {
  readonly tableName: pulumi.Output<string>;
  readonly tableMetrics: TableMetrics;
  private readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: TableProtection, opts?: pulumi.ComponentResourceOptions) {
    super("InventoryStore", name, opts);
    const table = new aws.dynamodb.Table(
      `${name}-table`,
      {
        ...safeTable(args),
        name: physicalName("inventory", TABLE_NAME_MAX),
        hashKey: "productId",
        attributes: [{ name: "productId", type: "S" }],
      },
      { parent: this, ...protection(args) },
    );
    this.tableName = table.name;
    this.tableMetrics = new TableMetrics({ title: "inventory", tableName: table.name, inTransactions: true });
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Looking up the products of an order. */
  canLookUp(): Statement {
    return allow(["dynamodb:BatchGetItem"], this.tableArn);
  }

  /** Looking at one product, and at all of them page by page. */
  canBrowse(): Statement {
    return allow(["dynamodb:GetItem", "dynamodb:Scan"], this.tableArn);
  }

  /** Taking stock and giving it back, in a transaction with the order. */
  canMoveStock(): Statement {
    return allow(["dynamodb:UpdateItem"], this.tableArn);
  }
}
