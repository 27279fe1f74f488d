import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { eventsOf } from "../../contracts/eventsOf";
import type { OrderEvent } from "../../contracts/events";
import type { Order } from "../../contracts/order";
import { projectOrder } from "../../handlers/projectOrder";
import { anOrder } from "../contracts/anOrder";

const [created] = eventsOf({ after: anOrder() }) as [OrderEvent];

function projecting(order: Order | undefined) {
  const kept: Order[] = [];
  const keep = async (row: Order): Promise<boolean> => kept.push(row) > 0;
  return { kept, project: projectOrder({ orders: { find: async () => order }, rows: { keep } }) };
}

describe("projectOrder", () => {
  it("keeps the order as it is now, not as its event tells", async () => {
    const now = anOrder({ version: 4, status: "CONFIRMED", stage: "CONFIRMED" });
    const { kept, project } = projecting(now);
    await project(created);
    assert.deepEqual(kept, [now]);
  });

  it("passes over an order that is not there any more", async () => {
    const { kept, project } = projecting(undefined);
    await project(created);
    assert.deepEqual(kept, []);
  });

  it("lets the event come back when the row was not written", async () => {
    const rows = { keep: () => Promise.reject(new Error("away")) };
    await assert.rejects(projectOrder({ orders: { find: async () => anOrder() }, rows })(created), /away/);
  });
});
