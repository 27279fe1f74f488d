import assert from "node:assert/strict";
import {
  BatchEntryIdsNotDistinctException,
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  EmptyBatchRequestException,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  InvalidParameterException,
  InvalidParameterValueException,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  NotFoundException,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  ThrottledException,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { Clock } from "../../../local/clock";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { CallFaults } from "../../../local/faults/callFaults";
import { Faults } from "../../../local/faults/faults";
import { cloud } from "../serviceFixture";
import { TopicFixture } from "./topicFixture";

const ROLE = "arn:aws:iam::123456789012:role/writer";

describe("the AWS SDK's client for SNS", () => {
  const endpoint = new Endpoint();
  const faults = new Faults();
  let topic: TopicFixture;
  let client: SNSClient;

  before(async () => {
    const url = `http://127.0.0.1:${await endpoint.listen(0)}`;
    topic = new TopicFixture({ endpoint: url });
    await topic.withQueue({ rawMessageDelivery: true });
    for (let number = 0; number < 100; number++) await topic.realise("topic:Topic", { name: `more-${number}` });
    const clock = new Clock();
    endpoint.open({
      services: [topic.sns],
      forwarders: [],
      restOperations: [],
      roleOf: () => ROLE,
      faults: new CallFaults({ faults, clock, killCaller: () => undefined }),
    });
    const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
    client = new SNSClient({ endpoint: url, region: cloud.region, credentials, maxAttempts: 1 });
  });
  after(async () => {
    client.destroy();
    await endpoint.close();
  });
  afterEach(() => faults.clear());

  it("publishes with attributes of every type, and text that XML and forms would trip over", async () => {
    const Message = 'a&b=c <d> "e" +f %20 ä\n';
    const { MessageId } = await client.send(
      new PublishCommand({
        TopicArn: topic.topicArn,
        Message,
        MessageAttributes: {
          text: { DataType: "String", StringValue: "é&" },
          count: { DataType: "Number", StringValue: "7" },
          list: { DataType: "String.Array", StringValue: '["a","b"]' },
          bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 255]) },
        },
      }),
    );
    assert.match(MessageId ?? "", /^[0-9a-f-]{36}$/);
    const [message] = await topic.messages();
    assert.equal(message.Body, Message);
    assert.deepEqual(message.MessageAttributes, {
      text: { DataType: "String", StringValue: "é&" },
      count: { DataType: "Number", StringValue: "7" },
      list: { DataType: "String.Array", StringValue: '["a","b"]' },
      bytes: { DataType: "Binary", BinaryValue: "AQL/" },
    });
  });

  it("publishes a batch of more than nine in its order", async () => {
    const texts = Array.from({ length: 10 }, (_, number) => `m${number}`);
    const PublishBatchRequestEntries = texts.map((Message) => ({ Id: Message, Message }));
    const batch = new PublishBatchCommand({ TopicArn: topic.topicArn, PublishBatchRequestEntries });
    const { Successful, Failed } = await client.send(batch);
    assert.deepEqual([Successful?.map(({ Id }) => Id), Failed], [texts, []]);
    const bodies = (await topic.messages()).map(({ Body }) => Body as string);
    assert.deepEqual(bodies, texts);
  });

  it("knows the errors by their classes, with the status of AWS", async () => {
    const { topicArn } = topic;
    const publish = (more: object): Promise<unknown> =>
      client.send(new PublishCommand({ TopicArn: topicArn, Message: "x", ...more }));
    const status = (httpStatusCode: number) => (error: any) => error.$metadata.httpStatusCode === httpStatusCode;
    await assert.rejects(publish({ TopicArn: `${topicArn}x` }), NotFoundException);
    await assert.rejects(publish({ TopicArn: `${topicArn}x` }), status(404));
    await assert.rejects(publish({ Subject: "" }), InvalidParameterException);
    const MessageAttributes = { a: { DataType: "String", StringValue: "" } };
    await assert.rejects(publish({ MessageAttributes }), InvalidParameterValueException);
    const batch = (ids: readonly string[], Message = "x"): Promise<unknown> => {
      const PublishBatchRequestEntries = ids.map((Id) => ({ Id, Message }));
      return client.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries }));
    };
    await assert.rejects(batch([]), EmptyBatchRequestException);
    await assert.rejects(batch(["a", "a"]), BatchEntryIdsNotDistinctException);
    await assert.rejects(batch([..."abcdefghijk"]), { name: "TooManyEntriesInBatchRequestException" });
    await assert.rejects(batch(["a!"]), { name: "InvalidBatchEntryIdException" });
    await assert.rejects(batch(["a", "b"], "x".repeat(140_000)), { name: "BatchRequestTooLongException" });
  });

  it("names the operation that there is none of", async () => {
    await assert.rejects(client.send(new CreateTopicCommand({ Name: "x" })), /no operation "CreateTopic"/);
  });

  it("lists topics by pages of a hundred", async () => {
    const first = await client.send(new ListTopicsCommand({}));
    const second = await client.send(new ListTopicsCommand({ NextToken: first.NextToken }));
    assert.deepEqual([first.Topics?.length, second.Topics?.length, second.NextToken], [100, 1, undefined]);
    assert.equal(first.Topics?.[0]?.TopicArn, topic.topicArn);
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topic.topicArn }));
    assert.equal(Attributes?.["Owner"], "123456789012");
  });

  it("subscribes, finds the subscription and ends it", async () => {
    const { topicArn: TopicArn } = topic;
    const FilterPolicy = '{"a":["<b>"]}';
    const wanted = { TopicArn, Protocol: "email", Endpoint: "a@example.com", Attributes: { FilterPolicy } };
    const { SubscriptionArn = "" } = await client.send(new SubscribeCommand(wanted));
    assert.equal((await client.send(new SubscribeCommand(wanted))).SubscriptionArn, SubscriptionArn);
    await assert.rejects(client.send(new SubscribeCommand({ ...wanted, Attributes: {} })), /different attributes/);
    const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    assert.deepEqual(
      [Attributes["FilterPolicy"], Attributes["FilterPolicyScope"], Attributes["PendingConfirmation"]],
      [FilterPolicy, "MessageAttributes", "false"],
    );
    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    assert.deepEqual(
      Subscriptions?.map(({ Endpoint }) => Endpoint),
      [topic.queueArn, "a@example.com"],
    );
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    await assert.rejects(client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })), NotFoundException);
    assert.equal((await client.send(new ListSubscriptionsCommand({}))).Subscriptions?.length, 1);
    const confirm = new ConfirmSubscriptionCommand({ TopicArn, Token: "t" });
    await assert.rejects(client.send(confirm), /Invalid parameter: Token/);
  });

  it("is throttled, refused and cut off when calls are made to go wrong", async () => {
    const publish = (): Promise<unknown> =>
      client.send(new PublishCommand({ TopicArn: topic.topicArn, Message: "fault" }));
    faults.set({ seed: 1, rates: { throttle: 1 } });
    await assert.rejects(publish(), ThrottledException);
    assert.deepEqual(await topic.messages(), []);
    faults.set({ seed: 1, rates: { loseAnswer: 1 } });
    await assert.rejects(publish());
    assert.equal((await topic.messages()).length, 1);
  });
});
