import assert from "node:assert/strict";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  QueueDoesNotExist,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { Endpoint } from "../../../local/endpoint/endpoint";
import { SqsService } from "../../../local/sqs/sqsService";
import { cloud } from "../serviceFixture";
import { QueueFixture } from "./queueFixture";

describe("the AWS SDK's client for SQS", () => {
  const endpoint = new Endpoint();
  let client: SQSClient;
  let QueueUrl: string;

  before(async () => {
    const url = `http://127.0.0.1:${await endpoint.listen(0)}`;
    const { clock, feed } = new QueueFixture();
    const sqs = new SqsService({ cloud: { ...cloud, endpoint: url }, clock, feed });
    endpoint.open({ services: [sqs], forwarders: [], restOperations: [], roleOf: () => undefined });
    const credentials = { accessKeyId: "TESTER", secretAccessKey: "secret" };
    client = new SQSClient({ endpoint: url, region: cloud.region, credentials, maxAttempts: 1 });
    ({ QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: "orders" })));
  });
  after(async () => {
    client.destroy();
    await endpoint.close();
  });

  it("sends, receives and deletes, and finds the digests right", async () => {
    const MessageAttributes = {
      text: { DataType: "String", StringValue: "é" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 255]) },
    };
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "héllo", MessageAttributes }));
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"] }));
    assert.equal(Messages?.[0]?.Body, "héllo");
    assert.deepEqual([...(Messages[0].MessageAttributes?.["bytes"]?.BinaryValue ?? [])], [1, 2, 255]);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    assert.equal(Attributes?.["ApproximateNumberOfMessagesNotVisible"], "0");
  });

  it("is woken from a long poll by a batch", async () => {
    const polling = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }));
    const Entries = [1, 2].map((n) => ({ Id: `${n}`, MessageBody: `${n}` }));
    const { Successful } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    assert.equal(Successful?.length, 2);
    assert.deepEqual(
      (await polling).Messages?.map(({ Body }) => Body),
      ["1", "2"],
    );
  });

  it("knows the errors by their classes", async () => {
    const nobody = new SendMessageCommand({ QueueUrl: `${QueueUrl}-nobody`, MessageBody: "x" });
    await assert.rejects(client.send(nobody), QueueDoesNotExist);
    await assert.rejects(
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "x" })),
      ReceiptHandleIsInvalid,
    );
  });
});
