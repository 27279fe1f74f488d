import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { deploymentCall, expectSuccess, invocationKind } from "../../../local/lambda/invocationKind";
import type { Cloud, Resource } from "../../../local/resource";

const invocation = (inputs: Record<string, unknown>) => ({ name: "migrated", inputs }) as unknown as Resource;

describe("an invocation at deployment", () => {
  it("calls its function with its input", () => {
    const call = deploymentCall(invocation({ functionName: "migrate", input: '{"a":1}', triggers: { codeHash: "1" } }));
    assert.deepEqual(call, { name: "migrated", functionName: "migrate", input: { a: 1 } });
  });

  it("is refused when it has no function, or an input that is no JSON", () => {
    assert.throws(() => deploymentCall(invocation({ input: "{}" })), /migrated".*functionName/);
    assert.throws(() => deploymentCall(invocation({ functionName: "f", input: "{" })), /migrated": input: not JSON: {/);
    const registered = { name: "migrated", urn: "urn", physicalName: "m", inputs: { functionName: "f" } };
    assert.throws(() => invocationKind.outputs(registered, {} as Cloud), /input/);
  });

  it("fails the start when its function fails, with the function's own words", () => {
    const call = { name: "migrated", functionName: "migrate", input: {} };
    const error = { errorType: "Error", errorMessage: "The migration 0002 failed: no such column" };
    assert.throws(
      () => expectSuccess(call, { ok: false, error, requestId: "1" }),
      /^Error: migrated: the function migrate failed: Error: The migration 0002 failed: no such column$/,
    );
    expectSuccess(call, { ok: true, payload: {}, requestId: "1" });
  });
});
