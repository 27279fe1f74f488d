import assert from "node:assert/strict";
import type { SQSBatchResponse } from "aws-lambda";
import { describe, it } from "mocha";
import { queueEntry } from "../../../handlers/entries/queueEntry";
import type { QueueMessage } from "../../../handlers/processOrder";
import { addLogKeys, log } from "../../../handlers/telemetry";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

async function receive(bodies: string[], handle: (message: QueueMessage) => Promise<void>) {
  const Records = bodies.map((body, at) => ({
    messageId: `m-${at}`,
    receiptHandle: `r-${at}`,
    body,
    attributes: { ApproximateReceiveCount: "2" },
  }));
  let answer: SQSBatchResponse | undefined;
  const lines = await linesOf(
    async () => (answer = await queueEntry({ service: "test" }, handle)({ Records } as any, aContext)),
  );
  return { failed: answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), lines };
}

describe("queueEntry", () => {
  it("hands on the message in plain words", async () => {
    const seen: QueueMessage[] = [];
    await receive(['{"a":1}'], async (message) => void seen.push(message));
    assert.deepEqual(seen, [{ messageId: "m-0", receiptHandle: "r-0", receiveCount: 2, body: { a: 1 } }]);
  });

  it("gives back only the messages that failed", async () => {
    const { failed } = await receive(["1", "not json", "2", "3"], async ({ body }) => {
      if (body === 2) throw new Error("no");
    });
    assert.deepEqual(failed, ["m-1", "m-2"]);
  });

  it("answers, and does not throw, when all failed", async () => {
    const { failed } = await receive(["1", "2"], () => Promise.reject(new Error("away")));
    assert.deepEqual(failed, ["m-0", "m-1"]);
  });

  it("runs the messages of a batch at the same time, each with its own log keys", async () => {
    let arrived = 0;
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const { lines } = await receive(["1", "2", "3"], async ({ body }) => {
      if (++arrived === 3) release();
      await all;
      addLogKeys({ orderId: `o-${String(body)}` });
      await Promise.resolve();
      log("info", `handled ${String(body)}`);
      if (body === 1) addLogKeys({ late: true });
    });
    assert.deepEqual(
      lines.map(({ message, orderId, messageId, late }) => [message, orderId, messageId, late]),
      [1, 2, 3].map((n) => [`handled ${n}`, `o-${n}`, `m-${n - 1}`, undefined]),
    );
  });
});
