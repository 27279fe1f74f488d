import { Database } from "./database";

const TABLE = "everyday";

interface Described {
  readonly Table: { readonly LatestStreamArn: string };
}

interface DescribedStream {
  readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] };
}

/** One call of every kind that a pipeline makes, so that Java loads what they need. */
export async function useEverything(endpoint: string): Promise<void> {
  const database = new Database({ endpoint, accessKeyId: "everyday" });
  const call = <Output = unknown>(operation: string, input: object): Promise<Output> =>
    database.call(`DynamoDB_20120810.${operation}`, input);
  const stream = <Output>(operation: string, input: object): Promise<Output> =>
    database.call(`DynamoDBStreams_20120810.${operation}`, input);
  try {
    await call("CreateTable", {
      TableName: TABLE,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: ["id", "of"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-of",
          KeySchema: [{ AttributeName: "of", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
    });
    const { Table } = await call<Described>("DescribeTable", { TableName: TABLE });
    const item = { id: { S: "a" }, of: { S: "b" }, count: { N: "1" }, list: { L: [{ M: { is: { BOOL: true } } }] } };
    await call("PutItem", { TableName: TABLE, Item: item, ConditionExpression: "attribute_not_exists(id)" });
    const change = {
      ...{ TableName: TABLE, Key: { id: { S: "a" } }, UpdateExpression: "SET #count = #count + :one" },
      ConditionExpression: "#count = :one AND attribute_exists(id)",
      ...{ ExpressionAttributeNames: { "#count": "count" }, ExpressionAttributeValues: { ":one": { N: "1" } } },
    };
    await call("UpdateItem", { ...change, ReturnValues: "ALL_NEW", ReturnConsumedCapacity: "INDEXES" });
    // Refused, since the count is 2 now: what a refusal needs is loaded as well.
    await call("UpdateItem", { ...change, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }).catch(() => undefined);
    const put = { Put: { TableName: TABLE, Item: { ...item, id: { S: "c" } } } };
    await call("TransactWriteItems", { TransactItems: [put], ClientRequestToken: "once" });
    await call("TransactWriteItems", { TransactItems: [put, { Update: change }] }).catch(() => undefined);
    await call("GetItem", { TableName: TABLE, Key: { id: { S: "a" } }, ConsistentRead: true });
    await call("BatchGetItem", { RequestItems: { [TABLE]: { Keys: [{ id: { S: "a" } }] } } });
    await call("BatchWriteItem", { RequestItems: { [TABLE]: [{ DeleteRequest: { Key: { id: { S: "c" } } } }] } });
    const Statement = `INSERT INTO "${TABLE}" VALUE {'id': ?}`;
    await call("BatchExecuteStatement", { Statements: [{ Statement, Parameters: [{ S: "d" }] }] });
    const of = { ":of": { S: "b" } };
    await call("Query", {
      ...{ TableName: TABLE, IndexName: "by-of", KeyConditionExpression: "#of = :of", ExpressionAttributeValues: of },
      ExpressionAttributeNames: { "#of": "of" },
    });
    await call("Scan", { TableName: TABLE, ReturnConsumedCapacity: "TOTAL" });
    const { LatestStreamArn: StreamArn } = Table;
    const { StreamDescription } = await stream<DescribedStream>("DescribeStream", { StreamArn });
    for (const { ShardId } of StreamDescription.Shards) {
      const from = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
      await stream("GetRecords", await stream<{ ShardIterator: string }>("GetShardIterator", from));
    }
  } finally {
    database.close();
  }
}
