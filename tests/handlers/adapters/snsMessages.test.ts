import assert from "node:assert/strict";
import { SNSClient } from "@aws-sdk/client-sns";
import type { CustomerMessage } from "../../../contracts/notification";
import { snsMessages } from "../../../handlers/adapters/snsMessages";
import { Clock } from "../../../local/clock";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { CallFaults } from "../../../local/faults/callFaults";
import { Faults } from "../../../local/faults/faults";
import { cloud } from "../../local/serviceFixture";
import { TopicFixture } from "../../local/sns/topicFixture";

const messageOf = (orderId: string, more: Partial<CustomerMessage> = {}): CustomerMessage => ({
  ...{ notificationId: `${orderId}#4#OrderPlaced`, orderId, tenantId: "acme", ending: "CONFIRMED" },
  ...{ subject: "Your order is confirmed", text: `All of ${orderId}.` },
  ...more,
});

describe("messages on a topic", () => {
  const endpoint = new Endpoint();
  const faults = new Faults();
  let topic: TopicFixture;
  let client: SNSClient;
  const requests: any[] = [];
  let send: (message: CustomerMessage) => Promise<unknown>;

  before(async () => {
    const url = `http://127.0.0.1:${await endpoint.listen(0)}`;
    topic = new TopicFixture({ endpoint: url }, { throttles: (arn) => faults.strikes("refuseEntry", arn) });
    await topic.withQueue({ rawMessageDelivery: true });
    endpoint.open({
      services: [topic.sns],
      forwarders: [],
      restOperations: [],
      roleOf: () => "arn:aws:iam::123456789012:role/teller",
      faults: new CallFaults({ faults, clock: new Clock(), killCaller: () => undefined }),
    });
    const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
    client = new SNSClient({ endpoint: url, region: cloud.region, credentials, maxAttempts: 1 });
    client.middlewareStack.add((next) => (args) => (requests.push(args.input), next(args)), { step: "initialize" });
    const sender = snsMessages(topic.topicArn, client);
    send = (message) => sender.send(message);
  });
  after(async () => {
    client.destroy();
    await endpoint.close();
  });
  afterEach(() => {
    faults.clear();
    requests.length = 0;
  });

  const published = async (): Promise<string[]> => {
    await topic.clock.advance(0);
    const bodies: string[] = [];
    for (let some = await topic.messages(); some.length > 0; some = await topic.messages()) {
      bodies.push(...some.map(({ Body }) => Body as string));
    }
    return bodies.sort();
  };
  const sizes = (): number[] => requests.map(({ PublishBatchRequestEntries }) => PublishBatchRequestEntries.length);
  const endings = async (messages: readonly CustomerMessage[]): Promise<string[]> => {
    const settled = await Promise.allSettled(messages.map(send));
    return settled.map((one) => (one.status === "fulfilled" ? String(one.value) : (one.reason as Error).name));
  };
  const many = (count: number, more: Partial<CustomerMessage> = {}): CustomerMessage[] =>
    Array.from({ length: count }, (_, at) => messageOf(`o-${at}`, more));

  it("go ten a request when they are sent together, with the attributes to filter by", async () => {
    assert.deepEqual(await endings(many(23)), Array<string>(23).fill("SENT"));
    assert.deepEqual(sizes(), [10, 10, 3]);
    const [{ Subject, MessageAttributes }] = requests[0]?.PublishBatchRequestEntries ?? assert.fail();
    assert.equal(Subject, "Your order is confirmed");
    const attributes = { notificationId: "o-0#4#OrderPlaced", orderId: "o-0", tenantId: "acme", ending: "CONFIRMED" };
    assert.deepEqual(
      Object.entries(MessageAttributes).map(([name, { StringValue }]: any) => [name, StringValue]),
      Object.entries(attributes),
    );
    assert.equal((await published()).length, 23);
  });

  it("stay below 256 KB a request", async () => {
    const large = many(3, { text: "ä".repeat(60_000) });
    assert.deepEqual(await endings(large), ["SENT", "SENT", "SENT"]);
    assert.deepEqual(sizes(), [2, 1]);
    await published();
  });

  it("fail by themselves when the topic turns some of them away", async () => {
    faults.set({ seed: 3, rates: { refuseEntry: 0.4 } });
    const ended = await endings(many(10));
    assert.deepEqual(new Set(ended), new Set(["SENT", "Throttled"]));
    const sent = many(10).filter((_, at) => ended[at] === "SENT");
    assert.deepEqual(
      await published(),
      sent.map(({ text }) => text),
    );
  });

  it("are published although one beside them can never be", async () => {
    const wrong = messageOf("o-9", { subject: "two\nlines" });
    assert.deepEqual(await endings([...many(2), wrong]), ["SENT", "SENT", "InvalidParameterException"]);
    assert.deepEqual(await published(), ["All of o-0.", "All of o-1."]);
  });

  it("fail together when the topic cannot be reached", async () => {
    faults.set({ seed: 1, rates: { throttle: 1 } });
    assert.deepEqual(await endings(many(2)), ["ThrottledException", "ThrottledException"]);
    assert.deepEqual(await published(), []);
  });
});
