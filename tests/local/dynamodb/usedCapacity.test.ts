import assert from "node:assert/strict";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as documents from "@aws-sdk/lib-dynamodb";
import { Clock } from "../../../local/clock";
import { DynamoDbService } from "../../../local/dynamodb/dynamoDbService";
import { tableKind } from "../../../local/dynamodb/tableKind";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { Feed } from "../../../local/feed";
import { Meter } from "../../../local/meter/meter";
import type { Cloud, Resource } from "../../../local/resource";
import { cloud as account } from "../serviceFixture";

const TableName = "tickets-1234567";
const BY_STATUS = `${TableName}/by-status`;
const inputs = {
  attributes: ["id", "status", "createdAt"].map((name) => ({ name, type: "S" })),
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  globalSecondaryIndexes: [
    { name: "by-status", hashKey: "status", rangeKey: "createdAt", projectionType: "KEYS_ONLY" },
  ],
};

describe("capacity of tables", () => {
  const clock = new Clock();
  const endpoint = new Endpoint();
  const feed = new Feed();
  const meter = new Meter(feed);
  let service: DynamoDbService;
  let client: DynamoDBClient;
  let table: documents.DynamoDBDocumentClient;

  before(async () => {
    const port = await endpoint.listen(0);
    const cloud: Cloud = { ...account, endpoint: `http://127.0.0.1:${port}` };
    service = await DynamoDbService.launch({ cloud, clock, feed });
    const outputs = tableKind.outputs({ name: "tickets", urn: "urn", inputs, physicalName: TableName }, cloud);
    await service.realise({ name: "tickets", inputs, outputs } as unknown as Resource);
    endpoint.open({ services: [], forwarders: [service], restOperations: [], roleOf: () => undefined });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new DynamoDBClient({ endpoint: cloud.endpoint, region: cloud.region, credentials });
    table = documents.DynamoDBDocumentClient.from(client);
  });

  after(async () => {
    client.destroy();
    await endpoint.close();
    await service.stop();
    clock.stop();
  });

  /** Write or read units that a call used, of the table and of its index. */
  const used = async (call: Promise<unknown>, unit: "writeUnit" | "readUnit" = "writeUnit"): Promise<number[]> => {
    const before = meter.read();
    await call.catch((error: Error) => {
      assert.match(error.name, /ConditionalCheckFailed|TransactionCanceled/);
    });
    const reading = meter.read().since(before);
    return [TableName, BY_STATUS].map((resource) => reading.total(unit, resource));
  };
  const item = (id: string, bytes = 10) => ({ id, status: "open", createdAt: "2026", text: "x".repeat(bytes) });
  const put = (id: string, bytes?: number, rest = {}) =>
    table.send(new documents.PutCommand({ TableName, Item: item(id, bytes), ...rest }));
  const updateOf = (id: string, name: string, value: unknown) => ({
    TableName,
    Key: { id },
    UpdateExpression: "SET #name = :value",
    ExpressionAttributeNames: { "#name": name },
    ExpressionAttributeValues: { ":value": value },
  });
  const update = (...change: Parameters<typeof updateOf>) =>
    table.send(new documents.UpdateCommand(updateOf(...change)));

  it("is a unit for each KB that is begun, and one for the index that gets an entry", async () => {
    // id + its value, status + open, createdAt + 2026, text: 2 + 1 + 6 + 4 + 9 + 4 + 4 bytes beside the text itself.
    assert.deepEqual(await used(put("a", 1024 - 30)), [1, 1]);
    assert.deepEqual(await used(put("b", 1024 - 29)), [2, 1]);
  });

  it("is that of the larger item, before or after, and none of an index whose entry stays", async () => {
    await put("c", 3000);
    assert.deepEqual(await used(update("c", "text", "short")), [3, 0]);
    assert.deepEqual(await used(update("c", "text", "shorter")), [1, 0]);
  });

  it("is two of an index in which an entry moves: one is deleted, one is put", async () => {
    await put("d");
    assert.deepEqual(await used(update("d", "status", "closed")), [1, 2]);
    assert.deepEqual(await used(update("d", "status", "closed")), [1, 0]);
  });

  it("is twice as much in a transaction, as its items are prepared and committed", async () => {
    await put("e");
    const TransactItems = [{ Update: updateOf("e", "text", "new") }, { Put: { TableName, Item: item("f", 1500) } }];
    assert.deepEqual(await used(table.send(new documents.TransactWriteCommand({ TransactItems }))), [2 + 4, 2]);
  });

  it("is that of every item of a transaction, also of those that are alike", async () => {
    const puts = (...sizes: number[]) =>
      sizes.map((bytes, at) => ({
        Put: { TableName, Item: { id: `alike-${sizes.length}-${at}`, text: "x".repeat(bytes) } },
      }));
    const write = (...sizes: number[]) =>
      used(table.send(new documents.TransactWriteCommand({ TransactItems: puts(...sizes) })));
    assert.deepEqual(await write(10, 20, 30), [6, 0]);
    assert.deepEqual(await write(1500, 20), [6, 0]);
    assert.deepEqual(await write(10, 2500, 20, 30), [12, 0]);
  });

  it("is used by a write whose condition does not hold: by the larger of what is and what was to be", async () => {
    await put("g", 2500);
    const condition = { ConditionExpression: "attribute_not_exists(id)" };
    assert.deepEqual(await used(put("g", 10, condition)), [1, 0]);
    const shown = { ...condition, ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
    assert.deepEqual(await used(put("g", 10, shown)), [3, 0]);
  });

  it("is used by inserts as by puts, and by one whose row is there", async () => {
    await put("there", 2500);
    const insert = (id: string, bytes: number) => ({
      Statement: `INSERT INTO "${TableName}" VALUE {'id': ?, 'text': ?}`,
      Parameters: [id, "x".repeat(bytes)],
    });
    const Statements = [insert("new", 10), insert("large", 2000), insert("there", 1500)];
    assert.deepEqual(await used(table.send(new documents.BatchExecuteStatementCommand({ Statements }))), [
      1 + 2 + 2,
      0,
    ]);
  });

  it("is used by a transaction that a condition cancels", async () => {
    await put("h");
    const Put = { TableName, Item: item("h"), ConditionExpression: "attribute_not_exists(id)" };
    const TransactItems = [{ Put }, { Update: updateOf("i", "text", "new") }];
    assert.deepEqual(await used(table.send(new documents.TransactWriteCommand({ TransactItems }))), [4, 0]);
  });

  it("is a unit for each 4 KB of a consistent read, and half as much of another; also for what is not there", async () => {
    await put("j", 5000);
    const get = (id: string, ConsistentRead: boolean) =>
      table.send(new documents.GetCommand({ TableName, Key: { id }, ConsistentRead }));
    assert.deepEqual(await used(get("j", true), "readUnit"), [2, 0]);
    assert.deepEqual(await used(get("j", false), "readUnit"), [1, 0]);
    assert.deepEqual(await used(get("nothing", false), "readUnit"), [0.5, 0]);
    const Keys = ["j", "nothing", "nobody"].map((id) => ({ id }));
    const batch = table.send(new documents.BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
    assert.deepEqual(await used(batch, "readUnit"), [1 + 0.5 + 0.5, 0]);
  });

  it("is told only to those who ask for it", async () => {
    assert.equal((await put("k")).ConsumedCapacity, undefined);
    const told = await put("k", 10, { ReturnConsumedCapacity: "TOTAL" });
    assert.equal(told.ConsumedCapacity?.CapacityUnits, 1);
    const { Attributes } = await table.send(
      new documents.UpdateCommand({ ...updateOf("k", "text", '"ConsumedCapacity":{'), ReturnValues: "ALL_NEW" }),
    );
    assert.equal(Attributes?.["text"], '"ConsumedCapacity":{');
  });
});
