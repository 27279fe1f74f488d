import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Component } from "./component";
import { physicalName } from "./physicalName";
import { allow, type Statement } from "./statements";
import { protection, safeTable, TABLE_NAME_MAX, type TableProtection } from "./tableDefaults";

/**
 * The Orders table: each order's record and its saga's ledger in one item, and through its stream the
 * outbox of everything that must happen when an order changes.
 */
export class OrderStore extends Component {
  readonly tableName: pulumi.Output<string>;
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
        globalSecondaryIndexes: [
          newestFirst("userId-createdAt-index", "userKey"),
          newestFirst("status-createdAt-index", "statusKey"),
        ],
        streamEnabled: true,
        streamViewType: "NEW_AND_OLD_IMAGES",
      },
      { parent: this, ...protection(args) },
    );
    this.tableName = this.table.name;
    this.registerOutputs({ tableName: this.tableName });
  }

  /** Writing an order that is new. */
  canAccept(): Statement {
    return allow(["dynamodb:PutItem"], this.table.arn);
  }

  canRead(): Statement {
    return allow(["dynamodb:GetItem"], this.table.arn);
  }

  /** Finding the orders that are not final, by the index of their status, and reading them. */
  canFindPending(): readonly Statement[] {
    const { arn } = this.table;
    const index = pulumi.interpolate`${arn}/index/status-createdAt-index`;
    return [allow(["dynamodb:Query"], index), allow(["dynamodb:BatchGetItem"], arn)];
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
