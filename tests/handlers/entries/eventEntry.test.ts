import assert from "node:assert/strict";
import type { SQSBatchResponse } from "aws-lambda";
import type { OrderEvent } from "../../../contracts/events";
import { eventsOf } from "../../../contracts/eventsOf";
import { eventEntry } from "../../../handlers/entries/eventEntry";
import { log } from "../../../handlers/telemetry";
import { anOrder } from "../../contracts/anOrder";
import { linesOf } from "../observed";
import { aContext } from "./aContext";

const [created] = eventsOf({ after: anOrder() });

/** An event as a rule puts it into a queue. */
const onQueue = (type: string, detail: object): string =>
  JSON.stringify({
    ...{ version: "0", id: "e-1", source: "ordering-system", account: "000000000000", region: "eu-central-1" },
    ...{ "detail-type": type, time: "2026-11-20T10:00:00Z", resources: [], detail },
  });

async function receive(bodies: string[], consume: (event: OrderEvent) => Promise<void>) {
  const Records = bodies.map((body, at) => ({
    messageId: `m-${at}`,
    receiptHandle: `r-${at}`,
    body,
    attributes: { ApproximateReceiveCount: "1" },
  }));
  let answer: SQSBatchResponse | undefined;
  const lines = await linesOf(
    async () => (answer = await eventEntry({ service: "test" }, consume)({ Records } as any, aContext)),
  );
  return { failed: answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), lines };
}

describe("eventEntry", () => {
  it("hands on type and detail, as they were published", async () => {
    const seen: OrderEvent[] = [];
    const { failed } = await receive([onQueue(created!.type, created!.detail)], async (event) => void seen.push(event));
    assert.deepEqual([seen, failed], [[created], []]);
  });

  it("hands on types that came with a later version", async () => {
    const seen: string[] = [];
    await receive([onQueue("OrderShipped", created!.detail)], async ({ type }) => void seen.push(type));
    assert.deepEqual(seen, ["OrderShipped"]);
  });

  it("gives back what its consumer throws on, and that alone", async () => {
    const other = { ...created!.detail, orderId: "order-2" };
    const bodies = [onQueue("OrderCreated", created!.detail), onQueue("OrderCreated", other)];
    const { failed } = await receive(bodies, async ({ detail }) => {
      if (detail.orderId === "order-2") throw new Error("away");
    });
    assert.deepEqual(failed, ["m-1"]);
  });

  it("gives back what is no event of an order, and says what is missing", async () => {
    const { correlationId: _, ...detail } = created!.detail;
    const bodies = ["null", "[]", "{}", onQueue("OrderCreated", detail), JSON.stringify({ detail: created!.detail })];
    const consumed: unknown[] = [];
    const { failed, lines } = await receive(bodies, async (event) => void consumed.push(event));
    assert.deepEqual([failed, consumed], [["m-0", "m-1", "m-2", "m-3", "m-4"], []]);
    const messages = lines.map(({ error }) => error?.message).filter((message) => message !== undefined);
    assert.ok(messages.includes("The message is no event of an order: correlationId is missing."), String(messages));
    assert.ok(messages.includes("The message is no event of an order: detail-type is missing."), String(messages));
  });

  it("lets every line of the log name the event and its order, and no customer", async () => {
    const { lines } = await receive([onQueue("OrderCreated", created!.detail)], async () => log("info", "consumed"));
    const [{ orderId, tenantId, correlationId, eventId, userId }] = lines as [any];
    assert.deepEqual([orderId, tenantId, correlationId], ["order-1", "acme", "corr-1"]);
    assert.deepEqual([eventId, userId], ["order-1#1#OrderCreated", undefined]);
  });
});
