import assert from "node:assert/strict";
import { DescribeTimeToLiveCommand, DynamoDBClient, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { Feed } from "../../../local/feed";
import { DynamoDbService } from "../../../local/dynamodb/dynamoDbService";
import { tableKind } from "../../../local/dynamodb/tableKind";
import { TimeToLive } from "../../../local/dynamodb/timeToLive";
import { Endpoint } from "../../../local/endpoint/endpoint";
import type { StreamRecord } from "../../../local/lambda/eventSources";
import type { Resource } from "../../../local/resource";
import { ManualClock } from "../manualClock";
import { cloud as account } from "../serviceFixture";

const YEAR = 365.25 * 86_400;

/** Table inputs; `hash` and `range` are the keys. */
const table = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  billingMode: "PAY_PER_REQUEST",
  attributes: ["hash", "range"].map((name) => ({ name, type: "S" })),
  ...{ hashKey: "hash", rangeKey: "range" },
  ...{ ttl: { attributeName: "ttl", enabled: true }, streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" },
  ...more,
});

describe("the time to live of a table's items", () => {
  const clock = new ManualClock();
  const endpoint = new Endpoint();
  let service: DynamoDbService;
  let plain: DynamoDBClient;
  let client: DynamoDBDocumentClient;
  let tables = 0;

  before(async () => {
    const cloud = { ...account, endpoint: `http://127.0.0.1:${await endpoint.listen(0)}` };
    service = await DynamoDbService.launch({ cloud, clock, feed: new Feed() });
    endpoint.open({ services: [], forwarders: [service], restOperations: [], roleOf: () => undefined });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    plain = new DynamoDBClient({ endpoint: cloud.endpoint, region: cloud.region, credentials });
    client = DynamoDBDocumentClient.from(plain);
  });

  after(async () => {
    plain.destroy();
    await endpoint.close();
    await service.stop();
    clock.stop();
  });

  const realised = async (inputs: Record<string, unknown>): Promise<{ name: string; streamArn: string }> => {
    const name = `table-${++tables}`;
    const outputs = tableKind.outputs({ name, urn: "urn", inputs, physicalName: name }, account);
    await service.realise({ name, inputs, outputs } as unknown as Resource);
    return { name, streamArn: String(outputs["streamArn"]) };
  };

  const seconds = (): number => Math.floor(clock.now() / 1000);
  const put = (TableName: string, hash: string, ttl: unknown): Promise<unknown> =>
    client.send(new PutCommand({ TableName, Item: { hash, range: "r", ttl } }));
  const left = async (TableName: string): Promise<string[]> => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    return Items.map(({ hash }) => hash as string).sort();
  };
  /** Lets time pass, and then a second whenever there is still more than expected. */
  const leaves = async (TableName: string, passing: number, expected: string[]): Promise<void> => {
    await clock.advance(passing);
    let found: string[] = [];
    for (let look = 0; look < 100; look++) {
      found = await left(TableName);
      if (found.length <= expected.length) break;
      await clock.advance(1);
    }
    assert.deepEqual(found, expected);
  };

  it("can be asked for, as the program declared it", async () => {
    const { name } = await realised(table());
    const { TimeToLiveDescription } = await plain.send(new DescribeTimeToLiveCommand({ TableName: name }));
    assert.deepEqual(TimeToLiveDescription, { AttributeName: "ttl", TimeToLiveStatus: "ENABLED" });
    const without = await realised(table({ ttl: undefined }));
    const answer = await plain.send(new DescribeTimeToLiveCommand({ TableName: without.name }));
    assert.equal(answer.TimeToLiveDescription?.TimeToLiveStatus, "DISABLED");
  });

  it("cannot be set by a caller", async () => {
    const { name: TableName } = await realised(table());
    const TimeToLiveSpecification = { AttributeName: "other", Enabled: true };
    await assert.rejects(plain.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification })), {
      name: "UnknownOperationException",
    });
  });

  it("ends on the runtime's clock: an item is there until its end, and gone soon after", async () => {
    const { name } = await realised(table());
    await put(name, "soon", seconds() + 90);
    await put(name, "late", seconds() + 86_400);
    await leaves(name, 89, ["late", "soon"]);
    await leaves(name, 61, ["late"]);
    await leaves(name, 86_400, []);
  });

  it("needs a number of seconds that lies in the last five years", async () => {
    const { name } = await realised(table());
    await put(name, "text", String(seconds() - 1));
    await put(name, "ancient", Math.floor(seconds() - 5 * YEAR - 1));
    await put(name, "milliseconds", clock.now());
    await put(name, "old", Math.ceil(seconds() - 5 * YEAR + 120));
    await client.send(new PutCommand({ TableName: name, Item: { hash: "endless", range: "r" } }));
    await leaves(name, 61, ["ancient", "endless", "milliseconds", "text"]);
  });

  it("means nothing for a table that does not have it", async () => {
    const { name } = await realised(table({ ttl: { attributeName: "ttl", enabled: false } }));
    await put(name, "stays", seconds() - 1);
    await leaves(name, 3600, ["stays"]);
  });

  it("is refused without an attribute", async () => {
    await assert.rejects(realised(table({ ttl: { enabled: true } })), /ttl is enabled and names no attribute/);
  });

  it("shows in the stream that DynamoDB deleted the item, and nobody else", async () => {
    const { name, streamArn } = await realised(table());
    await put(name, "expired", seconds() - 1);
    await put(name, "deleted", seconds() - 1);
    await client.send(new DeleteCommand({ TableName: name, Key: { hash: "deleted", range: "r" } }));
    await leaves(name, 61, []);
    const stream = service.stream(streamArn);
    assert.ok(stream);
    const read = async (): Promise<readonly StreamRecord[]> => {
      for (;;) {
        const { records } = await stream.read(stream.shardId, 100);
        if (records.length >= 4) return records;
      }
    };
    for (const records of [await read(), await read()]) {
      assert.deepEqual(
        records.map(({ eventName, userIdentity, dynamodb: { Keys } }) => [eventName, Keys["hash"], userIdentity]),
        [
          ["INSERT", { S: "expired" }, undefined],
          ["INSERT", { S: "deleted" }, undefined],
          ["REMOVE", { S: "deleted" }, undefined],
          ["REMOVE", { S: "expired" }, { type: "Service", principalId: "dynamodb.amazonaws.com" }],
        ],
      );
    }
  });
});

describe("deleting what is over", () => {
  const clock = new ManualClock();
  let scans = 0;
  let answer: () => Promise<object>;
  const database = { call: (target: string) => (target.endsWith(".Scan") ? (scans++, answer()) : Promise.resolve({})) };
  const orders = { tableName: "orders", keyNames: ["id"], attributeName: "end", stream: undefined };

  const scansWithin = async (passing: number): Promise<number> => {
    const before = scans;
    await clock.advance(passing);
    return scans - before;
  };

  it("waits for a write, and then for the next end: a clock that runs fast is not kept busy", async () => {
    const ends = new TimeToLive(database as never, clock, orders);
    answer = async () => ({ Items: [] });
    assert.equal(await scansWithin(86_400), 0);
    for (let write = 0; write < 100; write++) ends.written('{"TableName":"orders"}');
    ends.written('{"TableName":"others"}');
    assert.equal(await scansWithin(86_400), 1);

    const item = { id: { S: "1" }, end: { N: String(Math.floor(clock.now() / 1000) + 7200) } };
    answer = async () => ({ Items: [item] });
    ends.written('{"TableName":"orders"}');
    assert.equal(await scansWithin(7199), 1);
    answer = async () => ({ Items: [] });
    assert.equal(await scansWithin(86_400), 1);
    await ends.close();
  });

  it("comes within a minute of an end, and never before", async () => {
    const startSeconds = clock.now() / 1000;
    const items = [10, 70, 71, 500].map((end) => ({ id: { S: `${end}` }, end: { N: String(startSeconds + end) } }));
    const deleted: [end: string, late: number][] = [];
    const call = async (target: string, { Key }: any): Promise<object> => {
      if (target.endsWith(".Scan")) return { Items: items };
      items.splice(
        items.findIndex(({ id }) => id.S === Key.id.S),
        1,
      );
      deleted.push([Key.id.S, clock.now() / 1000 - startSeconds - Number(Key.id.S)]);
      return {};
    };
    const ends = new TimeToLive({ call } as never, clock, orders);
    ends.written("orders");
    await clock.advance(3600);
    assert.deepEqual(deleted, [
      ["10", 50],
      ["70", 50],
      ["71", 49],
      ["500", 0],
    ]);
    await ends.close();
  });

  it("looks again a minute later when it could not look", async () => {
    const ends = new TimeToLive(database as never, clock, orders);
    answer = () => Promise.reject(new Error("away"));
    ends.written("orders");
    assert.equal(await scansWithin(180), 3);
    await ends.close();
    assert.equal(await scansWithin(180), 0);
  });
});
