import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { OrderChange } from "../../contracts/eventsOf";
import { publishEvents } from "../../handlers/publishEvents";
import { anOrder, captured } from "../contracts/anOrder";
import { observed } from "./observed";

const created = (orderId: string): OrderChange => ({ after: anOrder({ orderId }) });
const reserved = anOrder({ stage: "INVENTORY_RESERVED", reserved: true });
const paid = anOrder({ stage: "PAYMENT_PROCESSED", reserved: true, payment: captured });
const unclear: OrderChange = { after: anOrder({ orderId: "broken", stage: "FAILED" }) };

function busThatLoses(...lost: number[]) {
  const published: string[] = [];
  const publish = async (events: readonly { detail: { eventId: string } }[]): Promise<Set<number>> => {
    published.push(...events.filter((_, at) => !lost.includes(at)).map(({ detail }) => detail.eventId));
    return new Set(lost);
  };
  return { publish, published };
}

describe("publishEvents", () => {
  it("publishes what all changes mean, in their order", async () => {
    const bus = busThatLoses();
    const changes = [created("a"), { before: reserved, after: { ...paid, stage: "CONFIRMED" as const } }, created("b")];
    const { answer, counted } = await observed(() => publishEvents({ bus })(changes));
    assert.deepEqual(answer, {});
    assert.deepEqual(bus.published, [
      "a#1#OrderCreated",
      "order-1#1#PaymentProcessed",
      "order-1#1#OrderPlaced",
      "b#1#OrderCreated",
    ]);
    assert.deepEqual(counted, ["OrderPlacedEventEmitted"]);
  });

  it("names the first change that has an event which did not get there", async () => {
    const both = { before: reserved, after: { ...paid, stage: "CONFIRMED" as const } };
    const changes = [created("a"), both, created("b")];
    assert.deepEqual(await publishEvents({ bus: busThatLoses(2, 3) })(changes), { failedAt: 1 });
    assert.deepEqual(await publishEvents({ bus: busThatLoses(3) })(changes), { failedAt: 2 });
  });

  it("publishes what comes before a change that it does not understand", async () => {
    const bus = busThatLoses();
    assert.deepEqual(await publishEvents({ bus })([created("a"), unclear, created("b")]), { failedAt: 1 });
    assert.deepEqual(bus.published, ["a#1#OrderCreated"]);
  });

  it("does not call the bus for changes that mean nothing", async () => {
    const bus = { publish: () => assert.fail("called") };
    assert.deepEqual(await publishEvents({ bus })([{ before: paid }, { before: paid, after: paid }]), {});
  });
});
