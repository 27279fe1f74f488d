import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { retryContention } from "../../../handlers/adapters/contention";

describe("retryContention", () => {
  it("pauses for a random part of a bound that doubles up to 400 ms", async () => {
    const pauses: number[] = [];
    const conflict = Object.assign(new Error(), { name: "TransactionConflictException" });
    const run = () =>
      retryContention(() => Promise.reject(conflict), {
        tries: 8,
        random: () => 0.5,
        pause: async (ms) => void pauses.push(ms),
      });
    await assert.rejects(run, (error) => error === conflict);
    assert.deepEqual(pauses, [10, 20, 40, 80, 160, 200, 200]);
  });

  it("does not try again what is no contention", async () => {
    let tries = 0;
    await assert.rejects(
      retryContention(() => (tries++, Promise.reject(new Error("no")))),
      /no/,
    );
    assert.equal(tries, 1);
  });
});
