import assert from "node:assert/strict";
import { consumersFor, orderQueueTimeouts } from "../../components/orderQueue";

describe("orderQueueTimeouts", () => {
  it("nest: the consumer outlives the saga, and a message is hidden for six times as long", () => {
    const { consumerSeconds, visibilitySeconds } = orderQueueTimeouts(60);
    assert.ok(consumerSeconds > 60);
    assert.equal(visibilitySeconds, 6 * consumerSeconds);
  });
});

describe("consumersFor", () => {
  it("has a batch of ten for every ten orders a second, within the limits of Lambda", () => {
    assert.deepEqual([1, 100, 101, 400, 10_000].map(consumersFor), [2, 10, 11, 40, 1000]);
  });
});
