import assert from "node:assert/strict";
import { fuzzTarget, restOutbox, UNHURRIED } from "../../cli/fuzz/target";
import { startPipeline, type Pipeline } from "../../cli/pipeline";
import { Fuzzer } from "../../simulation/fuzz/fuzzer";

describe("three hundred requests that nobody thought of", () => {
  let pipeline: Pipeline;
  before(async () => {
    pipeline = await startPipeline({ settings: UNHURRIED });
    // What becomes of accepted orders is not asked here.
    await restOutbox(pipeline.outputs);
  });
  after(() => pipeline.stop());

  it("are answered as the API's document says, and store nothing unless they are accepted", async () => {
    const numbers = Array.from({ length: 300 }, (_, number) => number);
    const plan = { seed: 1, numbers, atOnce: 8, untilFinal: false };
    const { requests, tally, findings, stored } = await new Fuzzer(fuzzTarget(pipeline.outputs), plan).run();
    const told = findings.map(({ rule, sentence, number }) => `${number} ${rule}: ${sentence}`);
    assert.deepEqual([told, stored], [[], []]);
    assert.equal(requests, numbers.length);
    // All operations but reports, of which this stack has none, and four answers that are of no operation.
    assert.ok(tally.byStatus.size >= 8 + 2, [...tally.byStatus.keys()].join());
    assert.ok(["invalid-request", "unknown-caller", "no-such-operation"].every((kind) => tally.kinds.has(kind)));
  }).timeout(60_000);
});
