import assert from "node:assert/strict";
import { SQSClient } from "@aws-sdk/client-sqs";
import { describe, it } from "mocha";
import { orderToPlace } from "../../../contracts/events";
import { orderMessages } from "../../../handlers/adapters/orderMessages";
import { anOrder } from "../../contracts/anOrder";

/** A queue whose answers to SendMessageBatch are these, one after the other; a text is an error's name. */
function setUp(...answers: (string | { Failed?: object[] })[]) {
  const client = new SQSClient({ region: "eu-west-1" });
  const batches: { QueueUrl: string; Entries: { Id: string; MessageBody: string }[] }[] = [];
  client.send = (async ({ input }: any) => {
    batches.push(input);
    const answer = answers[batches.length - 1] ?? {};
    if (typeof answer === "string") throw Object.assign(new Error("refused"), { name: answer });
    return answer;
  }) as any;
  return { batches, messages: orderMessages("https://queue", client) };
}

const orders = (count: number) =>
  Array.from({ length: count }, (_, n) => orderToPlace(anOrder({ orderId: `order-${n}` })));

describe("orderMessages", () => {
  it("sends in tens, each order as the saga wants it", async () => {
    const { batches, messages } = setUp();
    assert.deepEqual(await messages.send(orders(23)), { sent: 23, failures: [] });
    assert.deepEqual(
      batches.map(({ Entries }) => Entries.length),
      [10, 10, 3],
    );
    assert.deepEqual(JSON.parse(batches[2]!.Entries[2]!.MessageBody), orders(23)[22]);
    assert.equal(new Set(batches[0]!.Entries.map(({ Id }) => Id)).size, 10);
  });

  it("answers the entries that the queue refused, and sends the rest all the same", async () => {
    const refused = { Failed: [{ Id: "3", Code: "InternalError", Message: "sorry", SenderFault: false }] };
    const { batches, messages } = setUp(refused, "ServiceUnavailable");
    const { sent, failures } = await messages.send(orders(25));
    assert.equal(sent, 14);
    assert.deepEqual([...new Set(failures)], ["InternalError (sorry)", "ServiceUnavailable"]);
    assert.equal(failures.length, 11);
    assert.equal(batches.length, 3);
  });
});
