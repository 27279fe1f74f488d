import assert from "node:assert/strict";
import { oldestFirst, recordOf } from "../../contracts/trail";
import { eventsOf } from "../../contracts/eventsOf";
import { anOrder } from "./anOrder";

const [created] = eventsOf({ after: anOrder() });
const at = new Date("2026-11-20T10:00:01.000Z");

describe("the record of an event", () => {
  it("has the whole detail, its version, and when the order changed and the trail heard of it", () => {
    assert.ok(created);
    assert.deepEqual(recordOf(created, at), {
      orderId: "order-1",
      eventId: "order-1#1#OrderCreated",
      type: "OrderCreated",
      version: 1,
      occurredAt: "2026-11-20T10:00:00.000Z",
      recordedAt: "2026-11-20T10:00:01.000Z",
      detail: created.detail,
    });
  });

  for (const eventId of [
    "order-2#1#OrderCreated",
    "order-1#1#OrderPlaced",
    "order-1#0#OrderCreated",
    "order-1#x#OrderCreated",
  ]) {
    it(`is refused under the id ${eventId}`, () => {
      assert.throws(() => recordOf({ type: "OrderCreated", detail: { ...created!.detail, eventId } }, at), {
        message: `The eventId "${eventId}" is not order-1#VERSION#OrderCreated.`,
      });
    });
  }

  it("is refused under an id with something behind", () => {
    const detail = { ...created!.detail, eventId: "order-1#1#OrderCreated#again" };
    assert.throws(() => recordOf({ type: "OrderCreated", detail }, at), /is not order-1#VERSION#OrderCreated/);
  });
});

describe("a trail, oldest first", () => {
  it("counts versions as numbers, and takes the lifecycle's order within one", () => {
    const event = (version: number, type: string) => ({ version, type });
    const trail = [
      ...[event(10, "OrderFailed"), event(2, "LaterType"), event(2, "OrderPlaced")],
      ...[event(2, "InventoryReserved"), event(1, "OrderCreated")],
    ];
    assert.deepEqual(
      oldestFirst(trail).map(({ version, type }) => `${version} ${type}`),
      ["1 OrderCreated", "2 InventoryReserved", "2 OrderPlaced", "2 LaterType", "10 OrderFailed"],
    );
  });
});
