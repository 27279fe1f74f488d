import type * as pulumi from "@pulumi/pulumi";
import { Metric } from "./metric";

/**
 * The metrics of one table. DynamoDB reports them only when something happens:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export class TableMetrics {
  /** `title` is what the table is called in graphs; throttles of an index are counted apart from those of its table. */
  constructor(
    private readonly title: string,
    private readonly tableName: pulumi.Input<string>,
    private readonly indexes: readonly string[] = [],
  ) {}

  /** Reads and writes that were refused because there were too many, of the table and of each index. */
  throttles(): readonly Metric[] {
    const { title, tableName: TableName, indexes } = this;
    const all = [
      { of: title, dimensions: { TableName } },
      ...indexes.map((index) => ({
        of: `${title}, ${index}`,
        dimensions: { TableName, GlobalSecondaryIndexName: index },
      })),
    ];
    return all.flatMap(({ of, dimensions }) => [
      this.count("ReadThrottleEvents", `${of}: reads`, dimensions),
      this.count("WriteThrottleEvents", `${of}: writes`, dimensions),
    ]);
  }

  /** Transactions that met another write on the same item; they are tried again. */
  conflicts(): Metric {
    return this.count("TransactionConflict", this.title);
  }

  private count(name: string, label: string, dimensions: Metric["settings"]["dimensions"] = this.dimensions): Metric {
    return new Metric({ namespace: "AWS/DynamoDB", name, dimensions, statistic: "Sum", unit: "count", label });
  }

  private get dimensions(): { readonly TableName: pulumi.Input<string> } {
    return { TableName: this.tableName };
  }
}
