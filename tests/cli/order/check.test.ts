import assert from "node:assert/strict";
import { checkAll, checkOne, type Books } from "../../../cli/order/check";
import { checkedText, comparisonText } from "../../../cli/order/checkText";
import type { Records } from "../../../cli/order/comparison";
import type { Order } from "../../../contracts/order";
import { anOrder, captured } from "../../contracts/anOrder";
import { trailOf } from "../../contracts/aWalk";

function recordsOf(orderId: string): Required<Records> {
  const received = anOrder({ orderId });
  const reserved = anOrder({ orderId, stage: "INVENTORY_RESERVED", reserved: true, version: 2 });
  const paid = anOrder({ orderId, stage: "PAYMENT_PROCESSED", reserved: true, payment: captured, version: 3 });
  const order: Order = { ...paid, stage: "CONFIRMED", status: "CONFIRMED", version: 4 };
  return { orderId, order, events: trailOf([received, reserved, paid, order]) };
}

/** A shop with these orders, that catches up once somebody waits. */
function aShop(...orders: { first: Records; later?: Records }[]) {
  let waited = false;
  const books: Books = {
    async of(orderId) {
      const { first, later } = orders.find((order) => order.first.orderId === orderId)!;
      return waited ? (later ?? first) : first;
    },
    async *orderIds() {
      yield [];
      for (const { first } of orders) yield [first.orderId];
    },
  };
  return { books, pause: async () => (waited = true) };
}

const same = recordsOf("same");
const late = recordsOf("late");
const wrong = recordsOf("wrong");
const underWay: Records = { orderId: "new", order: anOrder({ orderId: "new" }), events: [] };
const behind = { ...late, events: late.events.slice(0, 3) };
const forged = { ...wrong, order: { ...wrong.order, amountMinor: 1 } };

describe("checking orders against their trail", () => {
  it("counts all of them, and looks once more at what differs at first", async () => {
    const { books, pause } = aShop(
      { first: same },
      { first: behind, later: late },
      { first: forged },
      { first: underWay },
    );
    const checked = await checkAll(books, pause);
    const { orders, same: alike, underWay: pending, differing } = checked;
    assert.deepEqual([orders, alike, pending], [4, 2, 1]);
    assert.deepEqual(
      differing.map(({ orderId, differences }) => [orderId, differences.length]),
      [["wrong", 1]],
    );
    assert.equal(
      checkedText(checked),
      "Order wrong: its 4 events do not say what the table says.\n" +
        "  amountMinor: 10997 in the trail, 1 in the table\n" +
        "4 orders: 2 as their trail says, 1 under way, 1 not as their trail says.",
    );
  });

  it("gives the trail of one order some moments too", async () => {
    const { books, pause } = aShop({ first: behind, later: late });
    assert.equal((await checkOne(books, behind, pause)).outcome, "SAME");
    const lasting = aShop({ first: forged });
    assert.equal((await checkOne(lasting.books, forged, lasting.pause)).outcome, "DIFFERS");
  });

  it("says what it found of one order", async () => {
    const { books, pause } = aShop({ first: same }, { first: underWay });
    assert.equal(
      comparisonText(await checkOne(books, same, pause)),
      "Order same: its 4 events say the same as the table.",
    );
    assert.match(
      comparisonText(await checkOne(books, underWay, pause)),
      /^Order new is under way, and its trail of 0 events/,
    );
  });
});
