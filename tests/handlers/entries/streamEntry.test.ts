import assert from "node:assert/strict";
import { marshall } from "@aws-sdk/util-dynamodb";
import { describe, it } from "mocha";
import type { OrderChange } from "../../../contracts/eventsOf";
import { orderRecord } from "../../../contracts/orderRecord";
import { streamEntry } from "../../../handlers/entries/streamEntry";
import { anOrder } from "../../contracts/anOrder";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

const before = anOrder();
const after = anOrder({ stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
const image = (order: typeof before) => marshall(orderRecord(order));

async function read(images: object[], answer: { failedAt?: number } | Error = {}) {
  const Records = images.map((dynamodb, at) => ({ dynamodb: { SequenceNumber: `seq-${at}`, ...dynamodb } }));
  const seen: (readonly OrderChange[])[] = [];
  const entry = streamEntry({ service: "test" }, async (changes) => {
    seen.push(changes);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  let failed: string[] = [];
  await linesOf(async () => {
    const { batchItemFailures } = await entry({ Records }, aContext);
    failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  });
  return { seen, failed };
}

describe("streamEntry", () => {
  it("translates images into states of the order", async () => {
    const { seen, failed } = await read([
      { NewImage: image(before) },
      { OldImage: image(before), NewImage: image(after) },
      { OldImage: image(after) },
    ]);
    assert.deepEqual(seen, [[{ after: before }, { before, after }, { before: after }]]);
    assert.deepEqual(failed, []);
  });

  it("answers the first change that failed", async () => {
    const { failed } = await read([{ NewImage: image(before) }, { NewImage: image(before) }], { failedAt: 1 });
    assert.deepEqual(failed, ["seq-1"]);
  });

  it("handles the records before one that is no order, and fails from there", async () => {
    for (const odd of [{ NewImage: { orderId: { S: "x" } } }, { NewImage: { orderId: { SS: ["x"] } } }, {}]) {
      const { seen, failed } = await read([{ NewImage: image(before) }, odd, { NewImage: image(before) }]);
      assert.deepEqual([seen.map(({ length }) => length), failed], [[1], ["seq-1"]]);
    }
  });

  it("prefers the earlier failure of the handler", async () => {
    assert.deepEqual((await read([{ NewImage: image(before) }, {}], { failedAt: 0 })).failed, ["seq-0"]);
  });

  it("does not call the handler when the first record is no order", async () => {
    const { seen, failed } = await read([{}, { NewImage: image(before) }]);
    assert.deepEqual([seen, failed], [[], ["seq-0"]]);
  });

  it("fails the batch with what the handler throws", async () => {
    await assert.rejects(read([{ NewImage: image(before) }], new Error("away")), /away/);
  });
});
