import assert from "node:assert/strict";
import fc from "fast-check";
import { DueHeap } from "../../../local/sqs/dueHeap";

describe("a heap of due items", () => {
  it("gives items in the order of their times, without those that no longer count", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 300 }), (items) => {
        const gone = new Set<number>();
        const heap = new DueHeap<number>((item) => !gone.has(item));
        items.forEach(([dueMs, isGone], index) => {
          heap.push(dueMs, index);
          if (isGone) gone.add(index);
        });
        const times: number[] = [];
        for (let item = heap.popDue(50); item !== undefined; item = heap.popDue(50)) times.push(items[item]?.[0] ?? -1);
        const expected = items.filter(([, isGone]) => !isGone).map(([dueMs]) => dueMs);
        assert.deepEqual(
          times,
          expected.sort((a, b) => a - b),
        );
      }),
    );
  });

  it("keeps what is not due yet", () => {
    const heap = new DueHeap<string>(() => true);
    heap.push(10, "a");
    assert.equal(heap.popDue(9), undefined);
    assert.equal(heap.popDue(10), "a");
    assert.equal(heap.peek(), undefined);
  });
});
