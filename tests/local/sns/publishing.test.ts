import assert from "node:assert/strict";
import { TopicFixture } from "./topicFixture";

describe("what is published to SNS", () => {
  let topic: TopicFixture;
  beforeEach(() => {
    topic = new TopicFixture();
    return topic.realise("topic:Topic", { name: "news" });
  });

  const refuses = async (input: Record<string, unknown>, code: string, message: string): Promise<void> => {
    await assert.rejects(topic.run("Publish", { TopicArn: topic.topicArn, Message: "x", ...input }), {
      code,
      message: new RegExp(message),
    });
  };

  it("refuses what SNS refuses, in its words", async () => {
    await refuses({ Message: "" }, "InvalidParameter", "^Invalid parameter: Empty message$");
    await refuses({ TopicArn: `${topic.topicArn}x` }, "NotFound", "^Topic does not exist$");
    await refuses({ TopicArn: "news" }, "InvalidParameter", "at least 6 elements, not 1");
    await refuses({ TopicArn: undefined }, "InvalidParameter", "TopicArn or TargetArn");
    for (const Subject of ["", "a\nb", "x".repeat(100)]) await refuses({ Subject }, "InvalidParameter", "Subject$");
    await refuses({ MessageStructure: "json" }, "InvalidParameter", "failed to parse");
    await refuses({ MessageStructure: "json", Message: "{}" }, "InvalidParameter", "No default entry");
    await refuses({ MessageStructure: "xml" }, "InvalidParameter", "MessageStructure");
    await refuses({ PhoneNumber: "+49" }, "InvalidParameter", "PhoneNumber.*no stand-in");
    await refuses({ MessageGroupId: "g" }, "InvalidParameter", "MessageGroupId.*no stand-in");
  });

  it("takes 256 KB of text and attributes, and no byte more", async () => {
    const MessageAttributes = { a: { DataType: "String", StringValue: "bb" } };
    const Message = "x".repeat(262_144 - 9);
    await topic.publish(Message, { MessageAttributes });
    await refuses({ Message: `${Message}x`, MessageAttributes }, "InvalidParameter", "Message too long");
    await refuses({ Message: "ä".repeat(131_073) }, "InvalidParameter", "Message too long");
  });

  it("refuses attributes that are none", async () => {
    const attribute = (name: string, value: object): object => ({ MessageAttributes: { [name]: value } });
    const code = "ParameterValueInvalid";
    await refuses({ ...attribute("a", { DataType: "String", StringValue: "" }) }, code, "'a' must contain non-empty");
    await refuses(
      { ...attribute("a", { DataType: "Text", StringValue: "x" }) },
      code,
      "invalid message attribute type",
    );
    await refuses({ ...attribute("a", { DataType: "Number", StringValue: "x" }) }, code, "to number");
    await refuses({ ...attribute("aws.a", { DataType: "String", StringValue: "x" }) }, code, "name 'aws.a' is invalid");
  });

  it("is billed by the request and its 64 KB, however many messages it brings", async () => {
    const billed: [string, number][] = [];
    topic.feed.on("billed", ({ unit, resource, quantity }) => billed.push([`${unit} ${resource}`, quantity]));
    await topic.publish("one");
    await topic.publish("x".repeat(65_537));
    const PublishBatchRequestEntries = ["a", "b", "c"].map((Id) => ({ Id, Message: "x".repeat(30_000) }));
    await topic.run("PublishBatch", { TopicArn: topic.topicArn, PublishBatchRequestEntries });
    assert.deepEqual(
      billed,
      [1, 2, 2].map((quantity) => ["snsRequest news", quantity]),
    );
  });

  it("takes subjects beyond ASCII and up to 99 characters", async () => {
    await topic.publish("x", { Subject: "ü".repeat(99) });
  });
});
