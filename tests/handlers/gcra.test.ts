import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_RATE_PER_SECOND, type OrderLimit } from "../../contracts/tenant";
import { gcra } from "../../handlers/gcra";

const START = Date.UTC(2026, 10, 20);
const at = (ms: number): Date => new Date(START + ms);

/** One tenant's limiter, without a table. */
function limiter(limit: OrderLimit): (ms: number) => boolean {
  let arrival: number | undefined;
  return (ms) => {
    const { now, token, latest } = gcra(limit, at(ms));
    if (arrival !== undefined && arrival > latest) return false;
    arrival = Math.max(arrival ?? now, now) + token;
    return true;
  };
}

/** The same limit as a bucket of thousandths of tokens that fills up as time passes. */
function bucket({ burst, ratePerSecond }: OrderLimit): (ms: number) => boolean {
  let level = burst * 1000;
  let countedMs = 0;
  return (ms) => {
    level = Math.min(burst * 1000, level + (ms - countedMs) * ratePerSecond);
    countedMs = ms;
    if (level < 1000) return false;
    level -= 1000;
    return true;
  };
}

const limits = fc.record({
  burst: fc.integer({ min: 1, max: 50 }),
  ratePerSecond: fc.oneof(fc.constantFrom(1, 3, 7, 300, 999), fc.integer({ min: 1, max: MAX_RATE_PER_SECOND })),
});

describe("gcra", () => {
  it("lets through what a bucket of tokens lets through, to the millisecond, at every rate", () => {
    const pauses = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5_000 })), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(limits, pauses, (limit, waits) => {
        const [one, other] = [limiter(limit), bucket(limit)];
        let ms = 0;
        for (const wait of waits) {
          ms += wait;
          assert.equal(one(ms), other(ms), `after ${ms} ms`);
        }
      }),
    );
  });

  it("gives back exactly the rate in every second, also where a thousand is no multiple of it", () => {
    for (const ratePerSecond of [3, 7, 10, 600, 1000]) {
      const passes = limiter({ burst: ratePerSecond, ratePerSecond });
      const passed = (ms: number): number => Array.from({ length: 2000 }, () => passes(ms)).filter(Boolean).length;
      assert.equal(passed(0), ratePerSecond);
      for (const second of [1, 2, 3]) assert.equal(passed(second * 1000), ratePerSecond, `${ratePerSecond} a second`);
      assert.equal(passed(3999), ratePerSecond - 1);
    }
  });

  it("tells when one more passes: not a second sooner, and then it does", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 0, max: 10_000 }), (limit, ms) => {
        const { now, latest, retryAfterSeconds } = gcra(limit, at(ms));
        const arrival = latest + 1 + (now % 5_000);
        const seconds = retryAfterSeconds(arrival);
        assert.ok(Number.isInteger(seconds) && seconds >= 1);
        assert.ok(arrival <= gcra(limit, at(ms + seconds * 1000)).latest);
        if (seconds > 1) assert.ok(arrival > gcra(limit, at(ms + (seconds - 1) * 1000)).latest);
      }),
    );
  });

  it("tells how many are left, and when all of them will be", () => {
    const limit = { burst: 5, ratePerSecond: 2 };
    const { now, token, allowance } = gcra(limit, at(0));
    assert.deepEqual(allowance(undefined), { limit: 5, remaining: 5, resetSeconds: 0 });
    assert.deepEqual(allowance(now - 1), { limit: 5, remaining: 5, resetSeconds: 0 });
    assert.deepEqual(allowance(now + token), { limit: 5, remaining: 4, resetSeconds: 1 });
    assert.deepEqual(allowance(now + 5 * token), { limit: 5, remaining: 0, resetSeconds: 3 });
    // A burst that was made smaller meanwhile.
    assert.deepEqual(allowance(now + 9 * token), { limit: 5, remaining: 0, resetSeconds: 5 });
    assert.deepEqual(gcra(limit, at(100)).allowance(now + token), { limit: 5, remaining: 4, resetSeconds: 1 });
    assert.deepEqual(gcra(limit, at(500)).allowance(now + token), { limit: 5, remaining: 5, resetSeconds: 0 });
  });

  it("counts in whole numbers that a double holds, at the highest rate and for two hundred years", () => {
    const { latest, token } = gcra(
      { burst: 100_000, ratePerSecond: MAX_RATE_PER_SECOND },
      new Date(Date.UTC(2226, 0, 1)),
    );
    assert.ok(Number.isSafeInteger(latest + token));
  });
});
