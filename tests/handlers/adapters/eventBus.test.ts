import assert from "node:assert/strict";
import type { PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { describe, it } from "mocha";
import { eventsOf } from "../../../contracts/eventsOf";
import { eventBus } from "../../../handlers/adapters/eventBus";
import { anOrder } from "../../contracts/anOrder";

const events = (count: number) =>
  Array.from({ length: count }, (_, n) => eventsOf({ after: anOrder({ orderId: `o-${n}` }) })).flat();

/** A bus that refuses the entries of some orders. */
function busRefusing(...refused: string[]) {
  const requests: PutEventsRequestEntry[][] = [];
  const send = async ({ input }: any) => {
    requests.push(input.Entries);
    const Entries = input.Entries.map(({ Detail }: any) =>
      refused.includes(JSON.parse(Detail).orderId) ? { ErrorCode: "ThrottlingException" } : { EventId: "e" },
    );
    return { Entries, FailedEntryCount: Entries.filter(({ ErrorCode }: any) => ErrorCode).length };
  };
  return { bus: eventBus("bus-1", { send } as never), requests };
}

describe("eventBus", () => {
  it("sends events as they stand, ten a request", async () => {
    const { bus, requests } = busRefusing();
    assert.deepEqual(await bus.publish(events(23)), new Set());
    assert.deepEqual(
      requests.map(({ length }) => length),
      [10, 10, 3],
    );
    const { Detail, ...rest } = requests[0]?.[0] ?? assert.fail();
    assert.deepEqual(rest, {
      EventBusName: "bus-1",
      Source: "ordering-system",
      DetailType: "OrderCreated",
      Time: new Date("2026-11-20T10:00:00.000Z"),
    });
    assert.equal(JSON.parse(Detail ?? "").eventId, "o-0#1#OrderCreated");
  });

  it("answers which events were refused in a request that went through", async () => {
    const { bus } = busRefusing("o-1", "o-4");
    assert.deepEqual(await bus.publish(events(5)), new Set([1, 4]));
  });

  it("sends nothing after a request with a refusal", async () => {
    const { bus, requests } = busRefusing("o-12");
    assert.deepEqual(await bus.publish(events(23)), new Set([12, 20, 21, 22]));
    assert.equal(requests.length, 2);
  });

  it("counts all events of a request that failed as a whole", async () => {
    const bus = eventBus("bus-1", { send: () => Promise.reject(new Error("away")) } as never);
    assert.deepEqual(await bus.publish(events(3)), new Set([0, 1, 2]));
  });

  it("keeps a request below a megabyte", async () => {
    const { bus, requests } = busRefusing();
    const large = eventsOf({ after: anOrder({ tenantId: "ä".repeat(200_000) }) });
    assert.deepEqual(await bus.publish(Array.from({ length: 5 }, () => large).flat()), new Set());
    assert.deepEqual(
      requests.map(({ length }) => length),
      [2, 2, 1],
    );
  });
});
