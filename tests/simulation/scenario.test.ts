import assert from "node:assert/strict";
import { drawScenario, TROUBLES } from "../../simulation/scenario";

describe("a scenario", () => {
  it("is the same for the same choice", () => {
    const choice = { seed: 7, orders: 50, troubles: TROUBLES };
    assert.deepEqual(drawScenario(choice), drawScenario(choice));
    assert.notDeepEqual(drawScenario(choice), { ...drawScenario({ ...choice, seed: 8 }), seed: 7 });
  });

  it("without troubles has none", () => {
    const { rates, outages } = drawScenario({ seed: 7, orders: 50, troubles: [] });
    assert.deepEqual([rates, outages], [{}, []]);
  });

  it("has a trouble that was asked for alone, at every seed", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { rates, outages } = drawScenario({ seed, orders: 50, troubles: ["conflict"] });
      assert.deepEqual(Object.keys(rates), ["conflict"]);
      assert.deepEqual(outages, []);
      assert.ok((rates.conflict ?? 0) > 0);
    }
  });

  it("has every trouble at some seed, and leaves every one out at some", () => {
    const scenarios = Array.from({ length: 100 }, (_, seed) => drawScenario({ seed, orders: 50, troubles: TROUBLES }));
    for (const trouble of TROUBLES.filter((kind) => kind !== "outage")) {
      const having = scenarios.filter(({ rates }) => trouble in rates).length;
      assert.ok(having > 50 && having < 100, `${trouble}: ${having}`);
    }
    assert.ok(scenarios.every(({ outages }) => outages.every(({ afterUndertakings }) => afterUndertakings < 50)));
  });

  it("heals what is lost at some seeds only, and is stubborn in one place or another", () => {
    const scenarios = Array.from({ length: 100 }, (_, seed) => drawScenario({ seed, orders: 50, troubles: TROUBLES }));
    const seen = <T>(of: (scenario: (typeof scenarios)[number]) => T) => new Set(scenarios.map(of));
    assert.deepEqual(
      [...seen(({ finalWithinSeconds }) => finalWithinSeconds)].sort((a, b) => a - b),
      [60, 120, 86_400],
    );
    const places = ["anywhere", "confirmation", "inventory", "payments"];
    assert.deepEqual([...seen(({ stubborn }) => stubborn.at)].sort(), places);
    assert.ok(seen(({ stubborn }) => stubborn.share).has(0));
    assert.ok(scenarios.some(({ stubborn }) => stubborn.as === "delay"));
  });
});
