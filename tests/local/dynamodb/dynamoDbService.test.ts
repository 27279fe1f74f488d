import assert from "node:assert/strict";
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { Clock } from "../../../local/clock";
import { Feed } from "../../../local/feed";
import { DynamoDbService } from "../../../local/dynamodb/dynamoDbService";
import { tableKind } from "../../../local/dynamodb/tableKind";
import { Endpoint } from "../../../local/endpoint/endpoint";
import type { Cloud, Resource } from "../../../local/resource";

const inputs = {
  billingMode: "PAY_PER_REQUEST",
  attributes: [
    { name: "orderId", type: "S" },
    { name: "userKey", type: "S" },
    { name: "createdAt", type: "S" },
  ],
  hashKey: "orderId",
  globalSecondaryIndexes: [
    { name: "by-user", hashKey: "userKey", rangeKey: "createdAt", projectionType: "INCLUDE", nonKeyAttributes: ["x"] },
  ],
  streamEnabled: true,
  streamViewType: "NEW_AND_OLD_IMAGES",
};

describe("DynamoDB", () => {
  const clock = new Clock();
  const endpoint = new Endpoint();
  let service: DynamoDbService;
  let client: DynamoDBClient;
  let streamArn: string;

  before(async () => {
    const port = await endpoint.listen(0);
    const cloud: Cloud = {
      region: "eu-west-1",
      accountId: "000000000000",
      project: "p",
      stack: "s",
      endpoint: `http://127.0.0.1:${port}`,
      apiUrl: "http://127.0.0.1:1",
    };
    service = await DynamoDbService.launch({ cloud, clock, feed: new Feed() });
    const outputs = tableKind.outputs({ name: "orders", urn: "urn", inputs, physicalName: "orders-1234567" }, cloud);
    streamArn = String(outputs["streamArn"]);
    await service.realise({ name: "orders", inputs, outputs } as unknown as Resource);
    endpoint.open({ services: [], forwarders: [service], restOperations: [], roleOf: () => undefined });
    client = new DynamoDBClient({
      endpoint: cloud.endpoint,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });

  after(async () => {
    client.destroy();
    await endpoint.close();
    await service.stop();
    clock.stop();
  });

  const put = (orderId: string, x: string): Promise<unknown> =>
    client.send(new PutItemCommand({ TableName: "orders-1234567", Item: { orderId: { S: orderId }, x: { S: x } } }));

  it("makes the table that the program declared", async () => {
    assert.deepEqual((await client.send(new ListTablesCommand({}))).TableNames, ["orders-1234567"]);
  });

  it("shows every change of a table in order, with both images and the program's own ARN", async () => {
    const stream = service.stream(streamArn);
    assert.ok(stream);
    const start = await stream.begin("LATEST");
    const changed = new Promise<void>((resolve) => stream.onChange(resolve));
    await put("o-1", "first");
    await put("o-1", "second");
    await changed;

    const records = [];
    for (let position = start; records.length < 2;) {
      const page = await stream.read(position, 10);
      records.push(...page.records);
      position = page.next;
    }
    assert.deepEqual(
      records.map(({ eventName, eventSourceARN, dynamodb }) => [eventName, eventSourceARN, dynamodb.NewImage?.["x"]]),
      [
        ["INSERT", streamArn, { S: "first" }],
        ["MODIFY", streamArn, { S: "second" }],
      ],
    );
    assert.deepEqual(records[1]?.dynamodb.OldImage?.["x"], { S: "first" });
  });

  it("begins at the oldest record when asked to", async () => {
    const stream = service.stream(streamArn);
    assert.ok(stream);
    await put("o-2", "third");
    const { records } = await stream.read(await stream.begin("TRIM_HORIZON"), 1);
    assert.equal(records[0]?.eventName, "INSERT");
  });

  it("passes the service's own errors on to the SDK", async () => {
    await assert.rejects(client.send(new PutItemCommand({ TableName: "nowhere", Item: {} })), {
      name: "ResourceNotFoundException",
    });
  });
});
