import type * as pulumi from "@pulumi/pulumi";
import { Metric } from "./metric";

/** A table, and what is done with it: of what nobody does there is no metric. */
export interface MeasuredTable {
  /** What it is called in graphs. */
  readonly title: string;
  readonly tableName: pulumi.Input<string>;
  /** Names of its indexes. @default none */
  readonly indexes?: readonly string[];
  /** Whether functions read it, or only write. @default true */
  readonly isRead?: boolean;
  /** Whether transactions write it. @default false */
  readonly inTransactions?: boolean;
}

/**
 * The metrics of one table. DynamoDB reports them only when something happens:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export class TableMetrics {
  constructor(private readonly table: MeasuredTable) {}

  /** Reads and writes that were refused because there were too many, of the table and apart from it of each index. */
  throttles(): readonly Metric[] {
    const { title, tableName: TableName, indexes = [], isRead = true } = this.table;
    const all = [
      { of: title, dimensions: { TableName } },
      ...indexes.map((index) => ({
        of: `${title}, ${index}`,
        dimensions: { TableName, GlobalSecondaryIndexName: index },
      })),
    ];
    return all.flatMap(({ of, dimensions }) => [
      ...(isRead ? [this.count("ReadThrottleEvents", `${of}: reads`, dimensions)] : []),
      this.count("WriteThrottleEvents", `${of}: writes`, dimensions),
    ]);
  }

  /** Transactions that met another write on the same item; they are tried again. */
  conflicts(): readonly Metric[] {
    const { title, tableName: TableName, inTransactions = false } = this.table;
    return inTransactions ? [this.count("TransactionConflict", title, { TableName })] : [];
  }

  private count(name: string, label: string, dimensions: Metric["settings"]["dimensions"]): Metric {
    return new Metric({ namespace: "AWS/DynamoDB", name, dimensions, statistic: "Sum", unit: "count", label });
  }
}
