import assert from "node:assert/strict";
import type { Order } from "../../contracts/order";
import { Clock } from "../../local/clock";
import { settle } from "../../simulation/liveness";
import type { Depths, Queues } from "../../simulation/queues";
import { anOrder } from "./aHistory";

const EMPTY: Depths = {
  orders: 0,
  deadLetters: 0,
  relayFailures: 0,
  undelivered: 0,
  trail: 0,
  trailDeadLetters: 0,
  ...{ notifications: 0, notificationsDeadLetters: 0 },
};
const PENDING = anOrder({ status: "PENDING", stage: "RECEIVED" });

/** A shop whose state a test sets, and that says what was done to it. */
class Shop {
  depths = EMPTY;
  pending: readonly Order[] = [];
  readonly done: string[] = [];

  settle(clock: Clock, boundMs: number) {
    const queues = {
      depths: async () => this.depths,
      sendOrder: async ({ orderId }: { orderId: string }) => {
        this.done.push(`queued ${orderId}`);
        this.pending = [];
      },
      moveDeadLettersBack: async () => {
        this.done.push("moved dead letters back");
        this.depths = EMPTY;
      },
    } as unknown as Queues;
    const books = { pending: async () => [...this.pending] };
    return settle({ books, queues, clock, observations: { lastMs: clock.now() }, boundMs, patienceMs: 20_000 });
  }
}

describe("the liveness phase", () => {
  let clock: Clock;
  let shop: Shop;
  beforeEach(() => {
    clock = new Clock(Infinity);
    shop = new Shop();
  });
  afterEach(() => clock.stop());

  it("ends when every order is final and every queue empty, after a calm", async () => {
    const { violations, tookMs } = await shop.settle(clock, 1_800_000);
    assert.deepEqual(violations, []);
    assert.ok(tookMs >= 60_000 && tookMs < 1_800_000, String(tookMs));
  });

  it("moves dead letters back", async () => {
    shop.depths = { ...EMPTY, deadLetters: 2 };
    const { violations, recovered } = await shop.settle(clock, 1_800_000);
    assert.deepEqual([violations, shop.done], [[], ["moved dead letters back"]]);
    assert.equal(recovered.deadLetters, 2);
  });

  it("queues an order again that nothing is on its way for, and says so", async () => {
    shop.pending = [PENDING];
    const { violations, recovered } = await shop.settle(clock, 1_800_000);
    assert.deepEqual([shop.done, recovered.queuedAgain, violations.length], [["queued order-1"], 1, 1]);
    assert.match(violations[0]?.sentence ?? "", /^Order order-1 was still at RECEIVED after .* queued again by hand/);
  });

  it("says what has not come to its end within the bound", async () => {
    shop.pending = [PENDING];
    shop.depths = { ...EMPTY, orders: 3, undelivered: 1 };
    const { violations } = await shop.settle(clock, 300_000);
    const sentences = violations.map(({ sentence }) => sentence.replace(/after \d+ s/, "after N s"));
    assert.deepEqual(sentences, [
      "1 orders are not final after N s of the runtime's clock without faults.",
      "3 messages are in the order queue after N s of the runtime's clock without faults.",
      "1 messages are in the queue of undelivered events after N s of the runtime's clock without faults.",
    ]);
  });
});
