import assert from "node:assert/strict";
import { eventsOf } from "../../contracts/eventsOf";
import type { RecordedEvent } from "../../contracts/trail";
import { recordEvent } from "../../handlers/recordEvent";
import type { Trail } from "../../handlers/trail";
import { anOrder } from "../contracts/anOrder";
import { observed } from "./observed";

const [event] = eventsOf({ after: anOrder() });
const now = () => new Date("2026-11-20T10:00:05.000Z");

function recorder(outcome: Awaited<ReturnType<Trail["append"]>>) {
  const appended: RecordedEvent[] = [];
  const trail: Pick<Trail, "append"> = {
    async append(record) {
      appended.push(record);
      return outcome;
    },
  };
  return { record: recordEvent({ trail, now }), appended };
}

describe("recordEvent", () => {
  it("adds the whole event to the trail, and counts it", async () => {
    const { record, appended } = recorder("APPENDED");
    const { counted } = await observed(() => record(event!));
    assert.deepEqual(counted, ["EventRecorded"]);
    assert.equal(appended.length, 1);
    const [{ detail, recordedAt, version }] = appended as [RecordedEvent];
    assert.deepEqual([detail, recordedAt, version], [event!.detail, "2026-11-20T10:00:05.000Z", 1]);
  });

  it("settles a copy without counting it", async () => {
    assert.deepEqual((await observed(() => recorder("THERE_ALREADY").record(event!))).counted, []);
  });

  it("counts and gives back an event that contradicts the one in the trail", async () => {
    const { record } = recorder("CONTRADICTED");
    const { counted } = await observed(() =>
      assert.rejects(record(event!), { message: "The trail has another event under the id order-1#1#OrderCreated." }),
    );
    assert.deepEqual(counted, ["EventContradicted"]);
  });

  it("does not record what could stand for another event", async () => {
    const { record, appended } = recorder("APPENDED");
    const detail = { ...event!.detail, eventId: "order-1#1#OrderPlaced" };
    await assert.rejects(record({ type: "OrderCreated", detail }), /is not order-1#VERSION#OrderCreated/);
    assert.deepEqual(appended, []);
  });
});
