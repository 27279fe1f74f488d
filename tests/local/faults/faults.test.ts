import assert from "node:assert/strict";
import { Faults, type FaultPlan } from "../../../local/faults/faults";

/** Which of so many calls about one thing go wrong. */
function struck(plan: Partial<FaultPlan>, identity: string, calls = 40): boolean[] {
  const faults = new Faults();
  faults.set({ seed: 1, rates: { failBefore: 0.1 }, ...plan });
  return Array.from({ length: calls }, () => faults.strikesCall("failBefore", identity));
}

/** The longest row of calls that go wrong one after the other. */
function longestRow(calls: readonly boolean[]): number {
  return Math.max(...calls.reduce((rows, hit) => (hit ? [...rows, (rows.pop() ?? 0) + 1] : [...rows, 0]), [0]));
}

describe("faults", () => {
  const identities = Array.from({ length: 50 }, (_, number) => `role|dynamodb:PutItem|order-${number}`);

  it("strike the same calls again for the same seed", () => {
    const plan = { stubborn: { share: 0.5 } };
    for (const identity of identities) assert.deepEqual(struck(plan, identity), struck(plan, identity));
  });

  it("strike four times in a row and more when they are stubborn", () => {
    const rows = (plan: Partial<FaultPlan>) =>
      identities.filter((identity) => longestRow(struck(plan, identity)) >= 4).length;
    assert.equal(rows({}), 0);
    assert.equal(rows({ stubborn: { share: 1 } }), identities.length);
    const some = rows({ stubborn: { share: 0.3 } });
    assert.ok(some > 5 && some < 30, String(some));
  });

  it("are stubborn only about what the plan names", () => {
    const plan = { stubborn: { share: 1, about: "order-7" }, rates: { failBefore: 0.001 } };
    const stubborn = identities.filter((identity) => longestRow(struck(plan, identity)) >= 4);
    assert.deepEqual(stubborn, ["role|dynamodb:PutItem|order-7"]);
  });

  it("are stubborn in one way when the plan names it", () => {
    const faults = new Faults();
    faults.set({ seed: 1, rates: { failBefore: 0.001, loseAnswer: 0.001 }, stubborn: { share: 1, as: "loseAnswer" } });
    const kinds = ["failBefore", "loseAnswer"] as const;
    const hits = kinds.map((kind) => identities.filter((identity) => faults.strikesCall(kind, identity)).length);
    assert.deepEqual(hits, [0, identities.length]);
  });

  it("end however stubborn they are, and when the plan is cleared", () => {
    for (const identity of identities)
      assert.ok(struck({ stubborn: { share: 1 } }, identity).includes(false), identity);
    const faults = new Faults();
    faults.set({ seed: 1, rates: { failBefore: 1 }, stubborn: { share: 1 } });
    assert.equal(faults.strikesCall("failBefore", "a call"), true);
    faults.clear();
    assert.equal(faults.strikesCall("failBefore", "a call"), false);
  });

  it("make a service slow for one role, or for all, until they are over", () => {
    const faults = new Faults();
    faults.slow({ service: "dynamodb", role: "reader", byMs: 30 });
    const forAll = faults.slow({ service: "dynamodb", byMs: 5 });
    const felt = () => ["reader", "writer", undefined].map((role) => faults.slownessMs("dynamodb", role));
    assert.deepEqual(felt(), [35, 5, 5]);
    assert.equal(faults.slownessMs("sqs", "reader"), 0);
    forAll();
    assert.deepEqual(felt(), [30, 0, 0]);
    faults.clear();
    assert.deepEqual(felt(), [0, 0, 0]);
  });

  it("strike calls of one service alone when the plan says so", () => {
    const faults = new Faults();
    faults.set({ seed: 1, rates: { throttle: 1, loseAnswer: 1 }, at: { throttle: "dynamodb" } });
    assert.equal(faults.strikesCall("throttle", "role|dynamodb:PutItem|{}"), true);
    assert.equal(faults.strikesCall("throttle", "role|sqs:SendMessage|{}"), false);
    assert.equal(faults.strikesCall("loseAnswer", "role|sqs:SendMessage|{}"), true);
  });

  it("take a part of a service away from functions, and leave it to those outside", () => {
    const faults = new Faults();
    const bringBack = faults.away({ service: "dynamodb", about: "payments", fromMs: 0, untilMs: Infinity });
    const about = (table: string) => ({ body: Buffer.from(JSON.stringify({ TableName: table })) });
    assert.equal(faults.isAway("dynamodb", 1, about("payments")), true);
    assert.equal(faults.isAway("dynamodb", 1, about("orders")), false);
    assert.equal(faults.isAway("dynamodb", 1), false);
    assert.equal(faults.counts.get("outage"), 1);
    bringBack();
    assert.equal(faults.isAway("dynamodb", 1, about("payments")), false);
  });
});
