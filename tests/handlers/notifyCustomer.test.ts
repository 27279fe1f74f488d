import assert from "node:assert/strict";
import { beforeEach, describe, it } from "mocha";
import { eventsOf } from "../../contracts/eventsOf";
import type { OrderEvent } from "../../contracts/events";
import type { CustomerMessage } from "../../contracts/notification";
import type { Order } from "../../contracts/order";
import { notifyCustomer } from "../../handlers/notifyCustomer";
import { anOrder, captured } from "../contracts/anOrder";
import { observed } from "./observed";

const paid = anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured, version: 3 });
const confirmed: Order = {
  ...paid,
  status: "CONFIRMED",
  stage: "CONFIRMED",
  version: 4,
  customerEmail: "c@example.com",
};
const [placed] = eventsOf({ before: paid, after: confirmed }) as [OrderEvent];

describe("notifyCustomer", () => {
  let sent: CustomerMessage[];
  let consumed: Map<string, "MINE" | "CONSUMED">;
  let fault: Error | undefined;
  let order: Order | undefined;

  beforeEach(() => {
    [sent, consumed, fault, order] = [[], new Map(), undefined, confirmed];
  });

  const notify = (now = new Date(confirmed.updatedAt)) =>
    notifyCustomer({
      orders: { find: async () => order },
      consumed: {
        take: async (eventId) => {
          const state = consumed.get(eventId);
          if (state === undefined) consumed.set(eventId, "MINE");
          return state === undefined ? "MINE" : state === "MINE" ? "TAKEN" : "CONSUMED";
        },
        settle: async (eventId) => void consumed.set(eventId, "CONSUMED"),
      },
      sender: {
        send: async (message) => {
          if (fault !== undefined) throw fault;
          return sent.push(message) > 0 ? "SENT" : "NOBODY";
        },
      },
      tellWithinDays: 14,
      now: () => now,
    });

  it("tells the customer of the order's end", async () => {
    const { counted } = await observed(() => notify()(placed));
    assert.deepEqual(
      sent.map(({ notificationId, ending, customerEmail }) => [notificationId, ending, customerEmail]),
      [["order-1#4#OrderPlaced", "CONFIRMED", "c@example.com"]],
    );
    assert.deepEqual(counted, ["CustomerNotified"]);
  });

  it("tells it once, however often the event comes", async () => {
    for (let times = 0; times < 3; times++) await notify()(placed);
    assert.equal(sent.length, 1);
  });

  it("leaves an event alone that another attempt is at, so that it comes back", async () => {
    consumed.set(placed.detail.eventId, "MINE");
    await assert.rejects(notify()(placed), /Somebody else tells of order-1#4#OrderPlaced/);
    assert.equal(sent.length, 0);
  });

  it("fails when the message cannot be sent, and does not take it for told", async () => {
    fault = new Error("away");
    const { counted } = await observed(() => assert.rejects(notify()(placed), /away/));
    assert.deepEqual(counted, ["CustomerNotificationFailed"]);
    assert.equal(consumed.get(placed.detail.eventId), "MINE");
  });

  it("passes over every other event", async () => {
    const reserved = { ...anOrder(), stage: "INVENTORY_RESERVED", reserved: true, version: 2 } as const;
    for (const event of eventsOf({ before: anOrder(), after: reserved })) await notify()(event);
    assert.equal(consumed.size, 0);
  });

  it("is silent about what ended long ago", async () => {
    await notify(new Date(Date.parse(confirmed.updatedAt) + 15 * 86_400_000))(placed);
    assert.deepEqual([sent.length, consumed.size], [0, 0]);
  });

  it("refuses an ending of an order that is not there, or has not ended", async () => {
    order = undefined;
    await assert.rejects(notify()(placed), /no such order/);
    order = paid;
    await assert.rejects(notify()(placed), /but is PENDING/);
  });
});
