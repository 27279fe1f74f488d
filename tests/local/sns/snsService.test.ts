import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resource } from "../serviceFixture";
import { away, TopicFixture } from "./topicFixture";

describe("the stand-in for SNS", () => {
  let topic: TopicFixture;
  beforeEach(() => {
    topic = new TopicFixture();
  });

  describe("resources", () => {
    it("knows every input of the provider's resources but those of what it refuses", () => {
      for (const [type, refused] of [
        ["topic", []],
        ["topicPolicy", []],
        ["topicSubscription", ["replayPolicy", "subscriptionRoleArn"]],
      ] as const) {
        const name = type.slice(0, 1).toUpperCase() + type.slice(1);
        const typings = readFileSync(`node_modules/@pulumi/aws/sns/${type}.d.ts`, "utf8");
        const args = typings.split(`interface ${name}Args`)[1] ?? "";
        const inputs = [...args.matchAll(/^ {4}(\w+)\??:/gm)].map(([, input]) => input ?? "");
        assert.ok(inputs.length > 2);
        const given = { name: "x", topic: "t", arn: "a" };
        for (const input of inputs) {
          const make = (): unknown =>
            resource(topic.sns, `aws:sns/${type}:${name}`, { ...pick(given, inputs), [input]: undefined });
          if ((refused as readonly string[]).includes(input)) assert.throws(make, new RegExp(input));
          else make();
        }
      }
    });

    it("gives a topic and a subscription their ARNs", () => {
      const { outputs } = resource(topic.sns, "aws:sns/topic:Topic", {});
      assert.equal(outputs["arn"], "arn:aws:sns:eu-central-1:123456789012:thing-1234567");
      const subscribed = resource(topic.sns, "aws:sns/topicSubscription:TopicSubscription", { topic: "arn:t" }).outputs;
      assert.match(String(subscribed["arn"]), /^arn:t:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(subscribed["pendingConfirmation"], false);
    });

    it("shows a topic's attributes and counts, its policy among them", async () => {
      await topic.withSubscriber({ protocol: "email", endpoint: "a@example.com" }, { displayName: "News" });
      const policy = JSON.stringify({ Statement: [] });
      await topic.realise("topicPolicy:TopicPolicy", { arn: topic.topicArn, policy });
      const { Attributes } = await topic.run("GetTopicAttributes", { TopicArn: topic.topicArn });
      assert.deepEqual(Attributes.fields, {
        DisplayName: "News",
        Policy: policy,
        TopicArn: topic.topicArn,
        Owner: "123456789012",
        SubscriptionsConfirmed: "1",
        SubscriptionsPending: "0",
        SubscriptionsDeleted: "0",
      });
    });

    it("refuses by name what has no stand-in, and says which resource asks", async () => {
      await assert.rejects(topic.realise("topic:Topic", { name: "x", fifoTopic: true }), /thing: .*fifoTopic/);
      await assert.rejects(topic.realise("topic:Topic", { name: "x.fifo" }), /FIFO/);
      await topic.realise("topic:Topic", { name: "news" });
      await assert.rejects(topic.realise("topic:Topic", { name: "news" }), /exists already/);
      await assert.rejects(topic.subscribe({ protocol: "https", endpoint: "https://x" }), /protocol https/);
      await assert.rejects(topic.subscribe({ protocol: "pigeon", endpoint: "x" }), /does not support this protocol/);
      await assert.rejects(topic.subscribe({ protocol: "sqs", endpoint: "http://q" }), /SQS endpoint ARN/);
      await assert.rejects(topic.subscribe({ protocol: "email", endpoint: "nobody" }), /Email address/);
      const raw = { protocol: "email", endpoint: "a@b.c", rawMessageDelivery: true };
      await assert.rejects(topic.subscribe(raw), /does not support raw message delivery/);
      const redrive = { protocol: "sqs", endpoint: topic.queueArn, redrivePolicy: '{"deadLetterTargetArn":"x"}' };
      await assert.rejects(topic.subscribe(redrive), /deadLetterTargetArn is an invalid arn/);
      const nowhere = { topic: `${topic.topicArn}x`, protocol: "email", endpoint: "a@b.c" };
      await assert.rejects(topic.subscribe(nowhere), /thing: NotFound: Topic does not exist/);
      await assert.rejects(topic.realise("topicPolicy:TopicPolicy", { arn: topic.topicArn, policy: "{}" }), /Policy/);
    });
  });

  describe("queues", () => {
    it("get the message in its envelope", async () => {
      await topic.withQueue();
      const MessageAttributes = { n: { DataType: "Number", StringValue: "1" } };
      const id = await topic.publish("hällo", { Subject: "Hi", MessageAttributes });
      const [message] = await topic.messages();
      const { UnsubscribeURL, ...envelope } = JSON.parse(message.Body);
      assert.deepEqual(envelope, {
        Type: "Notification",
        MessageId: id,
        TopicArn: topic.topicArn,
        Subject: "Hi",
        Message: "hällo",
        Timestamp: "2026-01-01T00:00:00.000Z",
        SignatureVersion: "1",
        Signature: "",
        SigningCertURL: "http://127.0.0.1:4566/SimpleNotificationService.pem",
        MessageAttributes: { n: { Type: "Number", Value: "1" } },
      });
      assert.match(UnsubscribeURL, /Action=Unsubscribe&SubscriptionArn=arn:aws:sns:.*:news:[0-9a-f-]{36}$/);
      assert.equal(message.MessageAttributes, undefined);
    });

    it("get it as it is when they ask for it raw, with its attributes", async () => {
      await topic.withQueue({ rawMessageDelivery: true });
      await topic.publish("x", { MessageAttributes: { b: { DataType: "Binary", BinaryValue: "AgME" } } });
      const [message] = await topic.messages();
      assert.equal(message.Body, "x");
      assert.deepEqual(message.MessageAttributes, { b: { DataType: "Binary", BinaryValue: "AgME" } });
    });

    it("cannot get more than ten attributes raw", async () => {
      const redrivePolicy = JSON.stringify({ deadLetterTargetArn: topic.deadArn });
      await topic.withQueue({ rawMessageDelivery: true, redrivePolicy });
      const names = Array.from({ length: 11 }, (_, number) => `a${number}`);
      const value = { DataType: "String", StringValue: "x" };
      await topic.publish("x", { MessageAttributes: Object.fromEntries(names.map((name) => [name, value])) });
      assert.deepEqual(await topic.messages(), []);
      assert.match(topic.troubles[0]?.message ?? "", /more than 10 attributes/);
    });

    it("get nothing that their filter refuses", async () => {
      await topic.withQueue({ filterPolicy: JSON.stringify({ kind: ["good"] }), rawMessageDelivery: true });
      for (const StringValue of ["bad", "good"]) {
        await topic.publish(StringValue, { MessageAttributes: { kind: { DataType: "String", StringValue } } });
      }
      assert.deepEqual(
        (await topic.messages()).map(({ Body }) => Body),
        ["good"],
      );
    });

    it("may filter by the body", async () => {
      const filterPolicy = JSON.stringify({ total: [{ numeric: [">", 10] }] });
      await topic.withQueue({ filterPolicy, filterPolicyScope: "MessageBody", rawMessageDelivery: true });
      for (const total of [5, 50]) await topic.publish(JSON.stringify({ total }));
      assert.deepEqual(
        (await topic.messages()).map(({ Body }) => Body),
        ['{"total":50}'],
      );
    });

    it("are tried again while SQS is away: three times at once, then after seconds", async () => {
      await topic.withQueue({ rawMessageDelivery: true });
      topic.sendFailures = [away(), away(), away(), away()];
      await topic.publish("x");
      assert.deepEqual(await topic.messages(), []);
      await topic.clock.advance(0.7);
      assert.equal(topic.sendFailures.length, 0);
      assert.deepEqual(await topic.messages(), []);
      await topic.clock.advance(0.6);
      assert.equal((await topic.messages()).length, 1);
    });

    it("that do not exist are not tried again; the message is a dead letter, or told of", async () => {
      const redrivePolicy = JSON.stringify({ deadLetterTargetArn: topic.deadArn });
      await topic.withQueue();
      await topic.subscribe({ protocol: "sqs", endpoint: `${topic.queueArn}-a`, redrivePolicy });
      await topic.publish("x");
      const [dead] = await topic.messages("dead");
      assert.equal(JSON.parse(dead.Body).Message, "x");
      assert.deepEqual(topic.troubles, []);
      const other = new TopicFixture();
      await other.withSubscriber({ protocol: "sqs", endpoint: other.queueArn });
      await other.publish("x");
      assert.match(other.troubles[0]?.message ?? "", /^dropped message [0-9a-f-]{36}: NO_RESOURCE/);
    });

    it("are tried ever more slowly, down to every twenty seconds", async () => {
      await topic.withSubscriber({ protocol: "lambda", endpoint: topic.functionArn });
      topic.failures = Array.from({ length: 40 }, away);
      await topic.publish("x");
      await topic.clock.advance(3_600);
      const times = topic.invoked.map(({ atMs }) => atMs);
      const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
      const within = (from: number, to: number, [least, most]: readonly [number, number]): void =>
        assert.ok(
          gaps.slice(from, to).every((gap) => gap >= least && gap <= most),
          String(gaps),
        );
      assert.equal(gaps.length, 40);
      within(0, 3, [0, 0]);
      within(3, 6, [750, 1_250]);
      within(9, 10, [2_800, 6_600]);
      within(14, 40, [15_000, 25_000]);
    });
  });

  describe("functions", () => {
    it("are called with the event of SNS", async () => {
      await topic.withSubscriber({ protocol: "lambda", endpoint: topic.functionArn });
      const id = await topic.publish("x", { MessageAttributes: { a: { DataType: "String", StringValue: "1" } } });
      const [{ name, payload } = assert.fail()] = topic.invoked;
      assert.equal(name, topic.functionArn);
      const [{ Sns, EventSubscriptionArn, ...record }] = payload.Records;
      assert.deepEqual(record, { EventSource: "aws:sns", EventVersion: "1.0" });
      assert.ok(EventSubscriptionArn.startsWith(`${topic.topicArn}:`));
      assert.deepEqual([Sns.MessageId, Sns.Message, Sns.Subject, Sns.Type], [id, "x", null, "Notification"]);
      assert.deepEqual(Sns.MessageAttributes, { a: { Type: "String", Value: "1" } });
    });

    it("that do not permit the topic are not called; the message is a dead letter", async () => {
      topic.permitted = false;
      await topic.withQueue();
      const redrivePolicy = JSON.stringify({ deadLetterTargetArn: topic.deadArn });
      await topic.subscribe({ protocol: "lambda", endpoint: topic.functionArn, redrivePolicy });
      await topic.publish("x");
      assert.deepEqual(topic.invoked, []);
      assert.equal(JSON.parse((await topic.messages("dead"))[0].Body).Message, "x");
    });
  });

  describe("addresses", () => {
    it("get a mail, which the feed tells of", async () => {
      await topic.withSubscriber({ protocol: "email", endpoint: "a@example.com" }, { displayName: "News" });
      const MessageAttributes = { kind: { DataType: "String", StringValue: "good" } };
      const messageId = await topic.publish("Hello", { Subject: "Hi", MessageAttributes });
      const [mail] = topic.inbox.mails("a@example.com");
      assert.deepEqual(mail, {
        id: mail?.id,
        messageId,
        sourceArn: topic.topicArn,
        to: "a@example.com",
        addressees: { to: ["a@example.com"], cc: [] },
        from: "News <no-reply@sns.amazonaws.com>",
        replyTo: [],
        subject: "Hi",
        body: "Hello",
        timeMs: topic.clock.now(),
        attributes: { kind: "good" },
      });
      assert.deepEqual(topic.told, [mail]);
    });

    it("get a text of their own from a message by protocol, and the envelope as email-json", async () => {
      await topic.withSubscriber({ protocol: "email", endpoint: "a@example.com" });
      await topic.subscribe({ protocol: "email-json", endpoint: "b@example.com" });
      await topic.publish(JSON.stringify({ default: "all", email: "for mail", sqs: "q", sms: 7 }), {
        MessageStructure: "json",
      });
      assert.deepEqual(
        topic.inbox.mails("a@example.com").map(({ body, subject }) => [body, subject]),
        [["for mail", "AWS Notification Message"]],
      );
      const [json] = topic.inbox.mails("b@example.com");
      assert.equal(JSON.parse(json?.body ?? "").Message, "all");
    });

    it("are many in one inbox, which keeps the last thousand mails", async () => {
      await topic.withSubscriber({ protocol: "email", endpoint: "a@example.com" });
      for (let number = 0; number < 1001; number++) topic.sns.publish(topic.topicArn, { message: `${number}` });
      await topic.clock.advance(0);
      const mails = topic.inbox.mails();
      assert.deepEqual([mails.length, mails[0]?.body, topic.told.length], [1000, "1", 1001]);
    });
  });
});

function pick(fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
