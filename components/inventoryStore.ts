import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { MAX_STOCK_SHARDS } from "../contracts/stockShards";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { outside, refuse } from "./problems";
import { allow, type Statement } from "./statements";
import { protection, safeTable, TABLE_NAME_MAX, type TableProtection } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";

/** Settings of an {@link InventoryStore}. */
export interface InventoryStoreArgs extends TableProtection {
  /**
   * Over how many items the stock of each product is spread, 1 to 100: one item takes a few dozen orders a second
   * (docs/scaling.md).
   */
  readonly stockShards: number;
}

/** The Inventory table: what is sold, at which price, and how much of it is left. */
export class InventoryStore extends Component {
  readonly tableName: pulumi.Output<string>;
  readonly tableMetrics: TableMetrics;
  readonly stockShards: number;
  private readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: InventoryStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("InventoryStore", name, opts);
    refuse("InventoryStore", name, [outside("stockShards", args.stockShards, [1, MAX_STOCK_SHARDS])]);
    this.stockShards = args.stockShards;
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

  /** Looking at one product, and at all of them page by page; where the stock is spread, at its shards too. */
  canBrowse(): Statement {
    const shards = this.stockShards > 1 ? (["dynamodb:BatchGetItem"] as const) : [];
    return allow(["dynamodb:GetItem", "dynamodb:Scan", ...shards], this.tableArn);
  }

  /** Taking stock, in a transaction with the order; where it is spread, after a look at where it lies. */
  canTakeStock(): Statement {
    const look = this.stockShards > 1 ? (["dynamodb:GetItem"] as const) : [];
    return allow(["dynamodb:UpdateItem", ...look], this.tableArn);
  }

  /** Giving stock back, in a transaction with the order. */
  canGiveStock(): Statement {
    return allow(["dynamodb:UpdateItem"], this.tableArn);
  }
}
