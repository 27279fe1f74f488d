import assert from "node:assert/strict";
import { checkRecorded, checkTold } from "../../../simulation/checkers/consumers";
import type { History } from "../../../simulation/history";
import { aDeclinedOrder, aHistory, anEvent, anOrder, GOOD_TRAIL, recordedOf } from "../aHistory";

type Changes = Parameters<typeof aHistory>[0];

const sentences = (check: (history: History) => { readonly sentence: string }[], changes: Changes = {}) =>
  check(aHistory(changes)).map(({ sentence }) => sentence);

describe("the checker of the recorded trail", () => {
  it("is content with every event once, however often it was on the bus", () => {
    assert.deepEqual(sentences(checkRecorded), []);
    const twice = { events: [...GOOD_TRAIL, ...GOOD_TRAIL], recorded: recordedOf(GOOD_TRAIL) };
    assert.deepEqual(sentences(checkRecorded, twice), []);
  });

  it("sees an event that was not recorded, and one that was never on the bus", () => {
    assert.match(sentences(checkRecorded, { recorded: recordedOf(GOOD_TRAIL.slice(1)) }).join(), /but is not recorded/);
    const recorded = recordedOf([...GOOD_TRAIL, anEvent("OrderFailed", 9)]);
    assert.match(sentences(checkRecorded, { recorded }).join(), /order-1#9#OrderFailed is recorded, but was never/);
  });
});

describe("the checker of what customers are told", () => {
  it("is content with the right ending, even twice", () => {
    const message = { orderId: "order-1", ending: "CONFIRMED" };
    assert.deepEqual(sentences(checkTold, { messages: [message, message] }), []);
    const messages = [{ orderId: "order-1", ending: "DECLINED" }];
    assert.deepEqual(sentences(checkTold, { orders: [aDeclinedOrder()], messages }), []);
  });

  it("sees a customer who was not told, or told something else", () => {
    assert.match(sentences(checkTold, { messages: [] }).join(), /ended CONFIRMED, but its customer was not told/);
    const messages = [{ orderId: "order-1", ending: "DECLINED" }];
    assert.match(sentences(checkTold, { messages }).join(), /ended CONFIRMED, but its customer was told DECLINED/);
  });

  it("sees a customer who was told of an end that has not come", () => {
    const orders = [anOrder({ status: "PENDING", stage: "RECEIVED" })];
    assert.match(sentences(checkTold, { orders }).join(), /has not ended, but its customer was told so/);
  });
});
