import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { ledgerOptions } from "../../../cli/ledger/options";
import { openSources } from "../../../cli/ledger/sources";
import type { StackOutputs } from "../../../cli/stackOutputs";

describe("the options of npm run ledger", () => {
  it("take the outputs and how long to wait", () => {
    assert.deepEqual(ledgerOptions(["verify"]), {
      ...{ outputsFile: ".local/outputs.json", withinSeconds: 30, json: false },
    });
    assert.deepEqual(ledgerOptions(["verify", "--outputs", "o.json", "--within", "0", "--json"]), {
      ...{ outputsFile: "o.json", withinSeconds: 0, json: true },
    });
    assert.equal(ledgerOptions(["--help"]), "help");
  });

  it("name what is wrong", () => {
    assert.throws(() => ledgerOptions([]), /Say what to do: verify/);
    assert.throws(() => ledgerOptions(["drop"]), /verify, not "drop"/);
    assert.throws(() => ledgerOptions(["verify", "--within", "long"]), /--within takes a whole number .*, not "long"/);
    assert.throws(() => ledgerOptions(["verify", "--what"]), /--what/);
  });

  it("want a stack that keeps a ledger", () => {
    const outputs = { stateMachineArn: "arn:aws:states:eu-central-1:1:stateMachine:s" } as StackOutputs;
    assert.throws(() => openSources(outputs), /This stack keeps no ledger: set ledger to true/);
  });
});
