import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as fc from "fast-check";
import { before, describe, it } from "mocha";
import { orderTable } from "../../handlers/adapters/orderTable";
import { createOrder } from "../../handlers/createOrder";
import { orderIdOf } from "../../contracts/orderId";
import { repeatWindow } from "../../handlers/repeatWindow";
import { ShopDatabase } from "./adapters/shopDatabase";

const SECONDS = 10;
const WINDOW_MS = 1000 * SECONDS;
const ITEMS = [{ productId: "PROD-001", qty: 1 }];
const PRODUCTS = new Map([["PROD-001", { productId: "PROD-001", name: "Wireless Mouse", priceMinor: 2999 }]]);

interface Answer {
  readonly orderId: string;
  readonly isNew: boolean;
  /** When the request came, and when the order did that it was answered with; milliseconds since 1970. */
  readonly atMs: number;
  readonly createdMs: number;
}

describe("repeatWindow", () => {
  it("gives the same id to the same body in the same slot, and to nothing else", () => {
    const one = { tenantId: "acme", bodyHash: "h", at: new Date(1_000_000), seconds: SECONDS };
    const { orderId, neighbourIds } = repeatWindow(one);
    assert.equal(repeatWindow({ ...one, at: new Date(1_009_999) }).orderId, orderId);
    assert.equal(repeatWindow({ ...one, at: new Date(999_999) }).orderId, neighbourIds[0]);
    assert.equal(repeatWindow({ ...one, at: new Date(1_010_000) }).orderId, neighbourIds[1]);
    const others = [{ tenantId: "globex" }, { bodyHash: "i" }, { seconds: 11 }, { at: new Date(1_020_000) }];
    const ids = others.map((other) => repeatWindow({ ...one, ...other }).orderId);
    assert.equal(new Set([orderId, ...neighbourIds, ...ids]).size, 7);
  });

  it("never gives the id of a key, whatever the key", () => {
    const window = { tenantId: "acme", bodyHash: "h", at: new Date(0), seconds: SECONDS };
    for (const key of ["h", '["acme","h",10,0]', 'h",10,0,"']) {
      assert.notEqual(repeatWindow(window).orderId, orderIdOf("acme", key));
    }
  });

  describe("over a table", () => {
    let shop: ShopDatabase;
    before(async () => {
      shop = await ShopDatabase.open();
    });

    /** Sends the same body at given times, which clocks of different functions may tell in any order. */
    class Customer {
      readonly accepted: number[] = [];
      private readonly body = JSON.stringify({ userId: randomUUID(), items: ITEMS });

      /** @param conflicts for each transaction in turn, whether it is cancelled by contention. */
      constructor(private readonly conflicts: boolean[] = []) {}

      async post(atMs: number): Promise<Answer> {
        const place = createOrder({
          admit: async () => ({ headers: {} }),
          orders: orderTable(shop.orders, { send: (command: never) => this.send(command) } as never, {
            pause: async () => undefined,
            tries: Infinity,
          }),
          catalogue: { find: async () => PRODUCTS },
          ...{ currency: "EUR", dedupeIdenticalBodiesSeconds: SECONDS, newId: randomUUID, now: () => new Date(atMs) },
        });
        const headers = { "content-type": "application/json" };
        const request = { tenantId: "acme", pathParameters: {}, query: {}, headers, body: this.body };
        const answer: any = await place({ ...request, correlationId: randomUUID() });
        assert.equal(answer.status, 201);
        const isNew = answer.headers["Idempotency-Replayed"] === undefined;
        if (isNew) this.accepted.push(atMs);
        return { orderId: answer.body.orderId, isNew, atMs, createdMs: Date.parse(answer.body.createdAt) };
      }

      private async send(command: never): Promise<unknown> {
        if ((command as unknown) instanceof TransactWriteCommand && this.conflicts.shift() === true) {
          const CancellationReasons = [{ Code: "TransactionConflict" }, { Code: "None" }, { Code: "None" }];
          throw new TransactionCanceledException({ message: "", $metadata: {}, CancellationReasons });
        }
        return shop.client.send(command);
      }
    }

    // Most times lie at an edge: of a slot, of the window of another time, or of both, give or take a millisecond.
    const start = fc.oneof(fc.constant(0), fc.constant(5_000), fc.integer({ min: 0, max: WINDOW_MS - 1 }));
    const edge = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -1, max: 1 }));
    const offset = fc.oneof(
      { weight: 4, arbitrary: edge.map(([halves, off]) => halves * 5_000 + off) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 50_000 }) },
    );
    const epoch = Date.UTC(2026, 10, 20, 10);

    it("takes an order for new exactly when the last new one is as old as the window", async () => {
      const offsets = fc.array(offset, { minLength: 1, maxLength: 10 });
      const property = fc.asyncProperty(start, offsets, async (startMs, arrivals) => {
        const customer = new Customer();
        let last: Answer | undefined;
        for (const ms of [...arrivals].sort((a, b) => a - b)) {
          const answer = await customer.post(epoch + startMs + ms);
          assert.equal(answer.isNew, last === undefined || answer.atMs - last.atMs >= WINDOW_MS, `at ${ms} ms`);
          if (!answer.isNew) assert.equal(answer.orderId, last?.orderId);
          else last = answer;
        }
      });
      await fc.assert(property, { numRuns: 40 });
    });

    it("keeps new orders a window apart when requests come at once, late, and contended", async () => {
      const crowds = fc.array(fc.array(offset, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
      const conflicts = fc.array(fc.boolean(), { maxLength: 12 });
      const property = fc.asyncProperty(start, crowds, conflicts, async (startMs, arrivals, contended) => {
        const customer = new Customer([...contended]);
        for (const crowd of arrivals) {
          const before = [...customer.accepted];
          const answers = await Promise.all(crowd.map((ms) => customer.post(epoch + startMs + ms)));
          for (const { isNew, atMs, createdMs } of answers) {
            // A repeat has an order to be a repeat of; an order that nothing was near to is not taken for a repeat.
            if (isNew) assert.equal(createdMs, atMs);
            else assert.ok(Math.abs(createdMs - atMs) < WINDOW_MS && customer.accepted.includes(createdMs));
            if (before.some((other) => Math.abs(other - atMs) < WINDOW_MS)) assert.equal(isNew, false);
          }
          const times = [...customer.accepted].sort((a, b) => a - b);
          for (const [at, time] of times.entries()) {
            assert.ok(at === 0 || time - (times[at - 1] ?? 0) >= WINDOW_MS, `new orders at ${times.join(", ")}`);
          }
        }
      });
      await fc.assert(property, { numRuns: 40 });
    });
  });
});
