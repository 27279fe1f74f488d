import assert from "node:assert/strict";
import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  ResourceNotFoundException,
  StartReplayCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { cloud } from "../serviceFixture";
import { BusFixture } from "./busFixture";

describe("the AWS SDK's client for EventBridge", () => {
  const endpoint = new Endpoint();
  const bus = new BusFixture();
  let client: EventBridgeClient;

  before(async () => {
    const url = `http://127.0.0.1:${await endpoint.listen(0)}`;
    await bus.withTarget({ arn: bus.functionArn });
    endpoint.open({ services: [bus.events], forwarders: [], restOperations: [], roleOf: () => undefined });
    const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
    client = new EventBridgeClient({ endpoint: url, region: cloud.region, credentials, maxAttempts: 1 });
  });
  after(async () => {
    client.destroy();
    await endpoint.close();
  });

  it("puts events with a time and finds rules", async () => {
    const entry = { Source: "shop", DetailType: "Placed", Detail: '{"n":1}', EventBusName: "shop" };
    const Time = new Date("2026-02-03T04:05:06Z");
    const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [{ ...entry, Time }] }));
    assert.equal(FailedEntryCount, 0);
    assert.equal(bus.invoked[0]?.payload.time, "2026-02-03T04:05:06Z");
    const { Rules } = await client.send(new ListRulesCommand({ EventBusName: "shop" }));
    assert.deepEqual(
      Rules?.map(({ Arn }) => Arn),
      [bus.ruleArn],
    );
  });

  it("knows the errors by their classes", async () => {
    await assert.rejects(client.send(new ListRulesCommand({ EventBusName: "nobody" })), ResourceNotFoundException);
    const test = new TestEventPatternCommand({ EventPattern: "{}", Event: "{}" });
    await assert.rejects(client.send(test), { name: "ValidationException" });
    const [EventStartTime, EventEndTime] = [new Date(0), new Date(1000)];
    const replay = {
      ReplayName: "r",
      EventSourceArn: "arn:x",
      EventStartTime,
      EventEndTime,
      Destination: { Arn: "arn:y" },
    };
    await assert.rejects(client.send(new StartReplayCommand(replay)), ResourceNotFoundException);
  });
});
