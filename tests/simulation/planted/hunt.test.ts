import assert from "node:assert/strict";
import { hunt, seedsFor, type Grounds } from "../../../simulation/planted/hunt";
import { NotPlantable, type PlantedBug } from "../../../simulation/planted/plantedBug";
import { judged, type SeedRun } from "../../../simulation/planted/seedRun";

const BUG: PlantedBug = { id: "a-bug-bites", file: "a.ts", find: "a", replace: "b", promise: "money", seeds: [7] };
const KEPT: SeedRun = { end: "kept", totalMs: 1 };
const BROKEN: SeedRun = {
  end: "broken",
  totalMs: 1,
  violations: [
    { promise: "money", sentence: "A cent is missing." },
    { promise: "trail", sentence: "Nobody says why." },
    { promise: "money", sentence: "Another one, too." },
  ],
};

/** Grounds on which each seed ends as told. */
function grounds(ends: Readonly<Record<number, SeedRun>>, clean = true): Grounds & { readonly ran: number[] } {
  const ran: number[] = [];
  return {
    ran,
    plant: () => "/planted",
    run: async (_folder, seed) => (ran.push(seed), ends[seed] ?? KEPT),
    isClean: async () => clean,
  };
}

describe("the hunt for a planted bug", () => {
  it("ends with the first seed that breaks a promise, and names the promises", async () => {
    const place = grounds({ 2: BROKEN, 3: BROKEN });
    const end = await hunt(BUG, [1, 2, 3], place);
    assert.deepEqual(place.ran, [1, 2]);
    assert.deepEqual(end, {
      end: "found",
      seed: 2,
      runs: 2,
      promises: ["money", "trail"],
      first: { promise: "money", sentence: "A cent is missing." },
    });
  });

  it("says that a bug survived when no seed breaks a promise", async () => {
    assert.deepEqual(await hunt(BUG, [1, 2], grounds({})), { end: "survived", seeds: [1, 2] });
  });

  it("does not count a pipeline that falls over as a find", async () => {
    const end = await hunt(BUG, [1, 2], grounds({ 1: { end: "crashed", said: "SyntaxError" } }));
    assert.deepEqual(end, { end: "unplanted", reason: "seed 1 had no verdict: SyntaxError" });
  });

  it("does not count a bug that no longer fits", async () => {
    const place = grounds({ 1: BROKEN });
    const plant = (): string => {
      throw new NotPlantable("a.ts has changed");
    };
    assert.deepEqual(await hunt(BUG, [1], { ...place, plant }), { end: "unplanted", reason: "a.ts has changed" });
    assert.deepEqual(place.ran, []);
  });

  it("fails when the clean project breaks a promise under the same seed", async () => {
    await assert.rejects(hunt(BUG, [1], grounds({ 1: BROKEN }, false)), /Without any bug, seed 1 breaks a promise/);
  });

  it("begins with the bug's own seeds", () => {
    assert.deepEqual(seedsFor(BUG, [1, 7, 2]), [7, 1, 2]);
  });
});

describe("the verdict of a seed's run", () => {
  it("is read from what the run printed", () => {
    assert.deepEqual(judged('{"violations":[],"totalMs":5}', ""), { end: "kept", totalMs: 5 });
    const violations = [{ promise: "stock", sentence: "One is lost." }];
    assert.deepEqual(judged(JSON.stringify({ violations, totalMs: 5 }), ""), { end: "broken", totalMs: 5, violations });
  });

  it("is none when the run printed none", () => {
    assert.deepEqual(judged("", "Error: no such queue\n"), { end: "crashed", said: "Error: no such queue" });
    assert.deepEqual(judged('{"violations":', ""), { end: "crashed", said: "It said nothing." });
    assert.equal(judged("{}", "").end, "crashed");
  });
});
