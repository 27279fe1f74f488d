import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { allow, type Statement } from "./statements";
import { protection, safeTable, TABLE_NAME_MAX, type TableProtection } from "./tableDefaults";
import { TableMetrics } from "./tableMetrics";

const BY_USER = "userId-createdAt-index";
const BY_STATUS = "status-createdAt-index";

/**
 * The Orders table: each order's record and its saga's ledger in one item, and through its stream the
 * outbox of everything that must happen when an order changes.
 */
export class OrderStore extends Component {
  readonly tableName: pulumi.Output<string>;
  readonly tableMetrics: TableMetrics;
  private readonly table: aws.dynamodb.Table;

  constructor(name: string, args: TableProtection, opts?: pulumi.ComponentResourceOptions) {
    super("OrderStore", name, opts);
    this.table = new aws.dynamodb.Table(
      `${name}-table`,
      {
        ...safeTable(args),
        name: physicalName("orders", TABLE_NAME_MAX),
        hashKey: "orderId",
        attributes: ["orderId", "userKey", "statusKey", "createdAt"].map((attribute) => ({
          name: attribute,
          type: "S",
        })),
        globalSecondaryIndexes: [newestFirst(BY_USER, "userKey"), newestFirst(BY_STATUS, "statusKey")],
        streamEnabled: true,
        streamViewType: "NEW_AND_OLD_IMAGES",
      },
      { parent: this, ...protection(args) },
    );
    this.tableName = this.table.name;
    this.tableMetrics = new TableMetrics({
      title: "orders",
      tableName: this.table.name,
      indexes: [BY_USER, BY_STATUS],
      inTransactions: true,
    });
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Writing an order that is new. */
  canAccept(): Statement {
    return allow(["dynamodb:PutItem"], this.table.arn);
  }

  /**
   * Letting a write depend on other orders, in one transaction with it. A transaction needs the permissions of its
   * parts: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
   */
  canCheck(): Statement {
    return allow(["dynamodb:ConditionCheckItem"], this.table.arn);
  }

  canRead(): Statement {
    return allow(["dynamodb:GetItem"], this.table.arn);
  }

  /** Reading many at once. */
  canReadSeveral(): Statement {
    return allow(["dynamodb:BatchGetItem"], this.table.arn);
  }

  /** Finding the orders that are not final, by the index of their status, and reading them. */
  canFindPending(): readonly Statement[] {
    const { arn } = this.table;
    const index = pulumi.interpolate`${arn}/index/${BY_STATUS}`;
    return [allow(["dynamodb:Query"], index), this.canReadSeveral()];
  }

  /** Listing orders by either index, and reading those on a page. */
  canList(): readonly Statement[] {
    const { arn } = this.table;
    const indexes = [BY_USER, BY_STATUS].map((index) => pulumi.interpolate`${arn}/index/${index}`);
    return [allow(["dynamodb:Query"], ...indexes), this.canReadSeveral()];
  }

  /** Moving an order along its lifecycle, alone or in a transaction. */
  canAdvance(): Statement {
    return allow(["dynamodb:UpdateItem"], this.table.arn);
  }

  /** Where every change of an order can be read for a day, and what reading takes. */
  changes(): { readonly streamArn: pulumi.Output<string>; readonly statement: Statement } {
    const { streamArn } = this.table;
    const statement = allow(
      ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"],
      streamArn,
    );
    return { streamArn, statement };
  }
}

/**
 * An index that lists the orders under `key` by time. It holds keys only: each write to an index is
 * billed by its size, and lists read the orders themselves by their ids.
 */
function newestFirst(name: string, key: string) {
  return {
    name,
    keySchemas: [
      { attributeName: key, keyType: "HASH" },
      { attributeName: "createdAt", keyType: "RANGE" },
    ],
    projectionType: "KEYS_ONLY",
  };
}
