import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { eventsOf } from "../../contracts/eventsOf";
import { orderToPlace } from "../../contracts/events";
import { backoffSeconds, processOrder, type SagaEnd, type Sagas } from "../../handlers/processOrder";
import { anOrder } from "../contracts/anOrder";
import { observed } from "./observed";

const detail = eventsOf({ after: anOrder() })[0]?.detail;

function setUp(end: SagaEnd | Error, hide: () => Promise<void> = async () => undefined) {
  const runs: Parameters<Sagas["run"]>[] = [];
  const hidden: [string, number][] = [];
  const handler = processOrder({
    sagas: {
      run: async (...run) => {
        runs.push(run);
        if (end instanceof Error) throw end;
        return end;
      },
    },
    messages: { hide: async (receiptHandle, seconds) => (hidden.push([receiptHandle, seconds]), hide()) },
    random: () => 0.5,
  });
  const receive = (body: unknown, receiveCount = 1) =>
    handler({ messageId: "m", receiptHandle: "handle", body, receiveCount });
  return { receive, runs, hidden };
}

describe("processOrder", () => {
  it("settles the message of a saga that succeeded, and starts it with what the saga needs alone", async () => {
    const { receive, runs, hidden } = setUp({ status: "SUCCEEDED" });
    const { counted } = await observed(() => receive(detail, 2));
    assert.deepEqual(runs, [[orderToPlace(anOrder()), 2]]);
    assert.deepEqual([hidden, counted], [[], ["OrderProcessed"]]);
  });

  it("lets a message come back whose saga ended otherwise", async () => {
    for (const status of ["FAILED", "TIMED_OUT"] as const) {
      const { receive, hidden } = setUp({ status, error: "States.Timeout" });
      await assert.rejects(receive(detail, 3), new RegExp(`order-1 ended ${status}: States.Timeout`));
      assert.deepEqual(hidden, [["handle", 15]]);
    }
  });

  it("lets a message come back whose saga could not be started", async () => {
    const { receive, hidden } = setUp(new Error("throttled"));
    await assert.rejects(receive(detail), /throttled/);
    assert.equal(hidden.length, 1);
  });

  it("reports the saga, not the message that could not be hidden", async () => {
    const { receive } = setUp({ status: "FAILED" }, () => Promise.reject(new Error("queue away")));
    await assert.rejects(receive(detail), /ended FAILED/);
  });

  it("refuses a message that is no order", async () => {
    const { receive, runs } = setUp({ status: "SUCCEEDED" });
    for (const body of [null, "x", {}, { ...detail, items: [] }, { ...detail, orderId: "a b" }]) {
      await assert.rejects(receive(body), /not the detail of an OrderCreated event/);
    }
    assert.equal(runs.length, 0);
  });

  it("waits twice as long each time, up to five minutes, and never less than half of it", () => {
    assert.deepEqual(
      [1, 2, 3, 7, 50].map((received) => backoffSeconds(received, 1)),
      [5, 10, 20, 300, 300],
    );
    assert.deepEqual(
      [1, 2, 3, 7, 50].map((received) => backoffSeconds(received, 0)),
      [3, 5, 10, 150, 150],
    );
  });
});
