import assert from "node:assert/strict";
import { SQSClient } from "@aws-sdk/client-sqs";
import { LetterBox } from "../../../cli/deadLetters/letterBox";

/** A queue of so many messages, of which a receive brings up to ten that are visible; and what was asked of it. */
function aQueue(count: number, { repeats = false } = {}) {
  const visible = Array.from({ length: count }, (_, n) => `m${n}`);
  const calls: string[] = [];
  let receives = 0;
  const client = new SQSClient({ region: "eu-west-1" });
  client.send = (async ({ input, constructor }: any) => {
    calls.push(constructor.name);
    if (constructor.name === "ReceiveMessageCommand") {
      receives += 1;
      const page = repeats ? visible.slice(0, 10) : visible.splice(0, 10);
      return {
        Messages: page.map((MessageId) => ({ MessageId, Body: "{}", ReceiptHandle: `${MessageId}/${receives}` })),
      };
    }
    const returned = input.Entries ?? [];
    for (const { ReceiptHandle, VisibilityTimeout } of returned) {
      if (VisibilityTimeout === 0) visible.push(ReceiptHandle.split("/")[0]);
    }
    return {};
  }) as any;
  return { box: new LetterBox(client, "https://queue"), visible, calls };
}

describe("LetterBox", () => {
  it("shows every message once, and makes all visible again", async () => {
    const { box, visible } = aQueue(25);
    const ids = await box.open({ most: 100 }, async (letters) => {
      assert.deepEqual(visible, [], "held while they are looked at");
      return letters.map(({ id }) => id);
    });
    assert.deepEqual(
      ids,
      Array.from({ length: 25 }, (_, n) => `m${n}`),
    );
    assert.deepEqual(visible.sort(), ids.sort());
  });

  it("makes them visible again when looking failed", async () => {
    const { box, visible } = aQueue(3);
    await assert.rejects(
      box.open({ most: 10 }, () => Promise.reject(new Error("no"))),
      /^Error: no$/,
    );
    assert.equal(visible.length, 3);
  });

  it("receives no more than it was asked for, nor longer than what it looks for is missing", async () => {
    const { box, calls } = aQueue(50);
    await box.open({ most: 10 }, async () => undefined);
    assert.equal(calls.filter((call) => call === "ReceiveMessageCommand").length, 1);
    calls.length = 0;
    await box.open({ most: 50, enough: (letters) => letters.has("m12") }, async () => undefined);
    assert.equal(calls.filter((call) => call === "ReceiveMessageCommand").length, 1);
  });

  it("comes to an end when the queue keeps bringing what was seen, with the newest receipt of each", async () => {
    const { box } = aQueue(4, { repeats: true });
    const handles = await box.open({ most: 100 }, async (letters) => letters.map(({ receiptHandle }) => receiptHandle));
    assert.deepEqual(handles, ["m0/4", "m1/4", "m2/4", "m3/4"]);
  });
});
