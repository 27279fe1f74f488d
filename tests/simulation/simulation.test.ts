import assert from "node:assert/strict";
import { startPipeline, type Pipeline } from "../../cli/pipeline";
import { simulatedSettings, simulationTarget } from "../../cli/simulationTarget";
import { drawScenario, TROUBLES } from "../../simulation/scenario";
import { Simulation } from "../../simulation/simulation";

describe("a simulation", () => {
  // A seed whose scenario has every kind of trouble.
  const scenario = drawScenario({ seed: 52, orders: 30, troubles: TROUBLES });
  let pipeline: Pipeline;
  before(async function () {
    this.timeout(60_000);
    pipeline = await startPipeline({ speed: 500, settings: simulatedSettings(scenario) });
  });
  after(() => pipeline.stop());

  it("finds every promise kept when everything goes wrong", async function () {
    this.timeout(120_000);
    const verdict = await new Simulation(simulationTarget(pipeline), scenario).run();
    assert.deepEqual(verdict.violations, []);
    assert.ok(verdict.orders.accepted > 10, String(verdict.orders.accepted));
    assert.ok(Object.keys(verdict.faults).length > 3, JSON.stringify(verdict.faults));
    assert.equal(verdict.orders.confirmed + sum(verdict.orders.failed), verdict.orders.stored);
  });
});

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
