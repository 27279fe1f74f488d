import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { digestOfAttributes } from "../../../local/sqs/messageDigest";
import { QueueFixture } from "./queueFixture";

describe("a message of SQS", () => {
  let queue: QueueFixture;
  beforeEach(async () => {
    queue = new QueueFixture();
    await queue.create("orders");
  });
  const text = (StringValue: string): object => ({ DataType: "String", StringValue });

  it("is answered with the digests of body and attributes, at sending and receiving", async () => {
    const MessageAttributes = { b: { DataType: "Binary.png", BinaryValue: "aGk=" }, a: text("1") };
    const MessageSystemAttributes = { AWSTraceHeader: text("Root=1-5759e988-bd862e3fe1be46a994272793") };
    const sent = await queue.send("héllo", { MessageAttributes, MessageSystemAttributes });
    const [received] = await queue.receive();
    assert.equal(sent.MD5OfMessageBody, createHash("md5").update("héllo").digest("hex"));
    assert.equal(received.MD5OfBody, sent.MD5OfMessageBody);
    assert.equal(received.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
    assert.deepEqual(received.MessageAttributes, MessageAttributes);
    assert.match(received.Attributes.AWSTraceHeader, /^Root=/);
    assert.match(sent.MD5OfMessageSystemAttributes, /^[0-9a-f]{32}$/);
  });

  it("has the attribute digest that AWS computes", () => {
    const digest = digestOfAttributes({ timestamp: { dataType: "Number", stringValue: "1493147359900" } });
    assert.equal(digest, "235c5c510d26fb653d073faed50ae77c");
  });

  it("shows only the attributes that the receiver asks for, with their digest", async () => {
    await queue.send("a", { MessageAttributes: { "trace.id": text("1"), "trace.x": text("2"), other: text("3") } });
    const [received] = await queue.receive({
      MessageAttributeNames: ["trace.*"],
      AttributeNames: ["SentTimestamp"],
      VisibilityTimeout: 0,
    });
    assert.deepEqual(Object.keys(received.MessageAttributes), ["trace.id", "trace.x"]);
    assert.deepEqual(Object.keys(received.Attributes), ["SentTimestamp"]);
    const [bare] = await queue.receive({ MessageAttributeNames: [], AttributeNames: [] });
    assert.deepEqual(Object.keys(bare), ["MessageId", "ReceiptHandle", "MD5OfBody", "Body"]);
  });

  it("may have a mebibyte with its attributes, and no more", async () => {
    const MessageAttributes = { a: text("1") };
    const room = 1_048_576 - "aString1".length;
    await queue.send("x".repeat(room), { MessageAttributes });
    await assert.rejects(queue.send("x".repeat(room + 1), { MessageAttributes }), /shorter than 1048576 bytes/);
  });

  const refused: readonly [string, Record<string, unknown>, string][] = [
    ["an empty body", { MessageBody: "" }, "InvalidParameterValueException"],
    ["no body", { MessageBody: undefined }, "MissingParameterException"],
    ["control characters", { MessageBody: "a\u0000b" }, "InvalidMessageContents"],
    ["half a surrogate pair", { MessageBody: "\ud83d" }, "InvalidMessageContents"],
    ["a reserved attribute name", { MessageAttributes: { "AWS.a": text("1") } }, "InvalidParameterValueException"],
    ["an empty attribute", { MessageAttributes: { a: text("") } }, "InvalidParameterValueException"],
    [
      "a number that is none",
      { MessageAttributes: { a: { DataType: "Number", StringValue: "x" } } },
      "InvalidParameterValueException",
    ],
    [
      "an unknown attribute type",
      { MessageAttributes: { a: { DataType: "Map", StringValue: "x" } } },
      "InvalidParameterValueException",
    ],
    [
      "eleven attributes",
      { MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, text("1")])) },
      "InvalidParameterValueException",
    ],
    ["a delay beyond 900 s", { DelaySeconds: 901 }, "InvalidParameterValueException"],
    ["a message group", { MessageGroupId: "g" }, "UnsupportedOperation"],
    ["an unknown parameter", { Colour: "red" }, "UnsupportedOperation"],
  ];
  for (const [what, input, code] of refused) {
    it(`is refused with ${what}`, async () => {
      await assert.rejects(queue.send("a", input), { code });
    });
  }

  it("keeps emoji and line breaks", async () => {
    await queue.send("😀\r\n\t");
    assert.deepEqual(await queue.bodies(), ["😀\r\n\t"]);
  });

  describe("in a batch", () => {
    it("succeeds or fails by itself", async () => {
      const { Successful, Failed } = await queue.run("SendMessageBatch", {
        Entries: [
          { Id: "good", MessageBody: "a" },
          { Id: "bad", MessageBody: "\u0001" },
          { Id: "late", MessageBody: "b", DelaySeconds: 900 },
        ],
      });
      assert.deepEqual(
        Successful.map((entry: any) => entry.Id),
        ["good", "late"],
      );
      assert.deepEqual(
        Failed.map(({ Id, Code, SenderFault }: any) => [Id, Code, SenderFault]),
        [["bad", "InvalidMessageContents", true]],
      );
      const [received] = await queue.receive();
      const deleted = await queue.run("DeleteMessageBatch", {
        Entries: [
          { Id: "1", ReceiptHandle: received.ReceiptHandle },
          { Id: "2", ReceiptHandle: "?" },
        ],
      });
      assert.deepEqual(deleted.Successful, [{ Id: "1" }]);
      assert.equal(deleted.Failed[0].Code, "ReceiptHandleIsInvalid");
    });

    it("changes visibility by itself", async () => {
      await queue.send("a");
      const [{ ReceiptHandle }] = (await queue.receive()) as [any];
      const { Successful, Failed } = await queue.run("ChangeMessageVisibilityBatch", {
        Entries: [
          { Id: "1", ReceiptHandle, VisibilityTimeout: 0 },
          { Id: "2", ReceiptHandle, VisibilityTimeout: 5 },
        ],
      });
      assert.deepEqual(Successful, [{ Id: "1" }]);
      assert.equal(Failed[0].Code, "AWS.SimpleQueueService.MessageNotInflight");
    });

    const entries = (count: number): object[] =>
      Array.from({ length: count }, (_, i) => ({ Id: `${i}`, MessageBody: "a" }));
    const refusedBatches: readonly [string, object[], string][] = [
      ["without entries", [], "EmptyBatchRequest"],
      ["of eleven", entries(11), "TooManyEntriesInBatchRequest"],
      ["with repeated ids", [...entries(2), ...entries(1)], "BatchEntryIdsNotDistinct"],
      ["with an id that has spaces", [{ Id: "a b", MessageBody: "a" }], "InvalidBatchEntryId"],
      [
        "beyond a mebibyte",
        entries(2).map((entry) => ({ ...entry, MessageBody: "x".repeat(600_000) })),
        "BatchRequestTooLong",
      ],
    ];
    for (const [what, Entries, code] of refusedBatches) {
      it(`is refused as a whole: a batch ${what}`, async () => {
        await assert.rejects(queue.run("SendMessageBatch", { Entries }), {
          code,
          queryErrorCode: `AWS.SimpleQueueService.${code}`,
        });
        assert.equal(await queue.attribute("ApproximateNumberOfMessages"), "0");
      });
    }
  });
});
