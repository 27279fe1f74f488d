import assert from "node:assert/strict";
import { SEED_CATALOGUE } from "../../contracts/seedCatalogue";
import { UNDERTAKING_KINDS, type Sending, type Undertaking } from "../../simulation/undertaking";
import { drawWorkload } from "../../simulation/workload";

const PLAN = {
  orders: 400,
  echoShare: 0.3,
  scarce: ["PROD-009"],
  catalogue: SEED_CATALOGUE,
  tenants: ["acme", "globex"],
  currency: "EUR",
};

const sendingsOf = ({ waves }: Undertaking): Sending[] => waves.flatMap(({ sendings }) => sendings);

describe("the workload", () => {
  const workload = drawWorkload({ ...PLAN, seed: 7 });
  const of = (kind: string) => workload.filter((undertaking) => undertaking.kind === kind);

  it("is the same for the same seed, and another for another", () => {
    assert.deepEqual(drawWorkload({ ...PLAN, seed: 7 }), workload);
    assert.notDeepEqual(drawWorkload({ ...PLAN, seed: 8 }), workload);
  });

  it("begins the same when more is asked for", () => {
    assert.deepEqual(drawWorkload({ ...PLAN, seed: 7, orders: 500 }).slice(0, 400), workload);
  });

  it("has every kind of undertaking, both tenants, echoes, and scarce and absent products", () => {
    assert.deepEqual([...new Set(workload.map(({ kind }) => kind))].sort(), [...UNDERTAKING_KINDS].sort());
    const sendings = workload.flatMap(sendingsOf);
    assert.deepEqual([...new Set(sendings.map(({ tenant }) => tenant))].sort(), ["acme", "globex"]);
    assert.ok(workload.some(({ echo }) => echo !== undefined && echo.messages > 0));
    assert.ok(workload.some(({ echo }) => echo !== undefined && echo.executions > 1));
    const wanted = sendings.flatMap(({ wish }) => wish?.items.map(({ productId }) => productId) ?? []);
    assert.ok(wanted.includes("PROD-009") && wanted.includes("PROD-011"));
  });

  it("says of every wish what it costs, and sends what it means", () => {
    const price = new Map(SEED_CATALOGUE.map(({ productId, priceMinor }) => [productId, priceMinor]));
    for (const { wish, body } of workload.flatMap(sendingsOf)) {
      if (wish === undefined) continue;
      const total = wish.items.reduce((sum, { productId, qty }) => sum + qty * (price.get(productId) ?? NaN), 0);
      assert.equal(wish.amountMinor, total);
      const sent = JSON.parse(body);
      assert.deepEqual([sent.items, sent.customerEmail], [wish.items, wish.customerEmail]);
      if (sent.totalAmount !== undefined) assert.equal(Math.round(sent.totalAmount * 100), total);
    }
  });

  it("repeats the same value under the same key, at times written in another way", () => {
    const repeated = [...of("repeatedAtOnce"), ...of("repeatedLater")].map(sendingsOf);
    for (const sendings of repeated) {
      assert.equal(new Set(sendings.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
      for (const { body } of sendings) {
        assert.deepEqual(JSON.parse(body).items, sendings[0]?.wish?.items);
      }
    }
    assert.ok(repeated.some((sendings) => new Set(sendings.map(({ body }) => body)).size > 1));
  });

  it("sends other bodies under a used key, and expects one order at most", () => {
    for (const undertaking of of("otherBodyLater")) {
      const [first, other, again] = sendingsOf(undertaking);
      assert.equal(first?.idempotencyKey, other?.idempotencyKey);
      assert.notDeepEqual(first?.wish?.items, other?.wish?.items);
      assert.deepEqual([other?.expected, other?.statuses, again?.expected], ["refused", [422], "accepted"]);
    }
    for (const undertaking of of("rivalBodies")) {
      assert.deepEqual(
        sendingsOf(undertaking).map(({ expected }) => expected),
        ["either", "either"],
      );
    }
  });

  it("uses a key under two tenants, and no key where none is meant", () => {
    for (const undertaking of of("keyOfTwoTenants")) {
      const sendings = sendingsOf(undertaking);
      assert.equal(new Set(sendings.map(({ idempotencyKey }) => idempotencyKey)).size, 1);
      assert.equal(new Set(sendings.map(({ tenant }) => tenant)).size, 2);
      assert.equal(new Set(sendings.map(({ wish }) => wish?.customerEmail)).size, 2);
    }
    for (const undertaking of [...of("keyless"), ...of("keylessTwice")]) {
      assert.ok(sendingsOf(undertaking).every((sending) => !("idempotencyKey" in sending)));
    }
  });

  it("gives bad requests no wish, so that whatever is stored of them is a violation", () => {
    for (const kind of ["malformed", "unknownProduct", "stranger"]) {
      for (const sending of of(kind).flatMap(sendingsOf)) {
        assert.equal(sending.wish, undefined);
        assert.equal(sending.expected, "refused");
      }
    }
  });
});
