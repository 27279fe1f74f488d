import type { Release } from "../../clock";
import type { Feed, FeedEvents } from "../../feed";
import type { MetricStore } from "../metricStore";
import { recorder } from "./recorder";

type DatabaseCall = FeedEvents["databaseCall"];

const THROTTLES = ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"];
const CONDITION_FAILED = "ConditionalCheckFailedException";
const READS = ["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"];

/**
 * The metrics of tables, by TableName, or by TableName and Operation where AWS has it so. Those of consumed capacity
 * are missing: DynamoDB Local's figures are not AWS's. Errors of users are counted for the whole account.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export function dynamoDbMetrics(feed: Feed, store: MetricStore): readonly Release[] {
  const record = recorder(store, "AWS/DynamoDB");
  const perTable = ({ operation, tables, index, timeMs, durationMs, status, error }: DatabaseCall): void => {
    for (const TableName of tables) {
      const dimensions = { TableName, Operation: operation };
      if (status === 200) {
        record("SuccessfulRequestLatency", dimensions, { timeMs, value: durationMs, unit: "Milliseconds" });
      }
      if (status >= 500) record("SystemErrors", dimensions, { timeMs, value: 1 });
      if (error === CONDITION_FAILED) record("ConditionalCheckFailedRequests", { TableName }, { timeMs, value: 1 });
      if (!THROTTLES.includes(error ?? "")) continue;
      record("ThrottledRequests", dimensions, { timeMs, value: 1 });
      const events = READS.includes(operation) ? "ReadThrottleEvents" : "WriteThrottleEvents";
      // What an index refuses is counted for the index, and not for its table.
      const refusing = index === undefined ? { TableName } : { TableName, GlobalSecondaryIndexName: index };
      record(events, refusing, { timeMs, value: 1 });
    }
  };
  return [
    feed.on("databaseCall", (call) => {
      const { status, error = "", timeMs, reasons = [] } = call;
      perTable(call);
      const isUsers = status >= 400 && status < 500 && error !== CONDITION_FAILED && !THROTTLES.includes(error);
      if (isUsers) record("UserErrors", {}, { timeMs, value: 1 });
      for (const { table: TableName, code } of reasons) {
        if (code === "TransactionConflict") record("TransactionConflict", { TableName }, { timeMs, value: 1 });
      }
    }),
  ];
}
