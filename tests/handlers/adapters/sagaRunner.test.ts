import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { orderToPlace } from "../../../contracts/events";
import { orderQueue } from "../../../handlers/adapters/orderQueue";
import { sagaRunner } from "../../../handlers/adapters/sagaRunner";
import { anOrder } from "../../contracts/anOrder";

const order = orderToPlace(anOrder());

function answering(output: object) {
  const inputs: any[] = [];
  const send = async ({ input }: any) => (inputs.push(input), output);
  return { client: { send } as never, inputs };
}

describe("sagaRunner", () => {
  it("runs the state machine with the order, under a name to find it by", async () => {
    const { client, inputs } = answering({ status: "SUCCEEDED" });
    assert.deepEqual(await sagaRunner("arn:machine", client).run(order, 2), { status: "SUCCEEDED" });
    assert.deepEqual(inputs, [{ stateMachineArn: "arn:machine", name: "order-1-2", input: JSON.stringify(order) }]);
  });

  it("answers how a failed execution ended, which is not an error of the call", async () => {
    const { client } = answering({ status: "TIMED_OUT", error: "States.Timeout", cause: "inside" });
    assert.deepEqual(await sagaRunner("arn", client).run(order, 1), { status: "TIMED_OUT", error: "States.Timeout" });
  });

  it("does not take an answer without a status for a success", async () => {
    await assert.rejects(sagaRunner("arn", answering({}).client).run(order, 1), /order-1 ended without a status/);
  });
});

describe("orderQueue", () => {
  it("hides a message from now on", async () => {
    const { client, inputs } = answering({});
    await orderQueue("https://queue", client).hide("handle", 15);
    assert.deepEqual(inputs, [{ QueueUrl: "https://queue", ReceiptHandle: "handle", VisibilityTimeout: 15 }]);
  });
});
