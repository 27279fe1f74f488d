import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { keyKinds } from "../../../local/kms/keyKinds";
import { LocalProvider } from "../../../local/provider";
import type { Cloud } from "../../../local/resource";
import { TracingService } from "../../../local/xray/tracingService";

const cloud = { region: "eu-central-1", accountId: "000000000000" } as Cloud;
const provider = new LocalProvider(cloud, [...keyKinds, ...new TracingService().kinds]);

function made(type: string, inputs: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const urn = `urn:pulumi:dev::p::${type}::mail`;
  return provider.outputs({
    ...{ urn, type, name: "mail", custom: true, inputs },
    ...{ dependencies: [], propertyDependencies: {}, protect: false },
  });
}

describe("a key of KMS", () => {
  it("has an id and an ARN, the same at every start", () => {
    const { keyId, arn } = made("aws:kms/key:Key", { enableKeyRotation: true });
    assert.equal(arn, `arn:aws:kms:eu-central-1:000000000000:key/${String(keyId)}`);
    assert.deepEqual(made("aws:kms/key:Key", {}), { id: keyId, keyId, arn });
  });

  it("can have a name and a policy", () => {
    const { arn, targetKeyArn } = made("aws:kms/alias:Alias", { name: "alias/mail", targetKeyId: "key-1" });
    assert.equal(arn, "arn:aws:kms:eu-central-1:000000000000:alias/mail");
    assert.equal(targetKeyArn, "arn:aws:kms:eu-central-1:000000000000:key/key-1");
    assert.equal(made("aws:kms/keyPolicy:KeyPolicy", { keyId: "key-1", policy: "{}" })["id"], "key-1");
  });

  it("is refused with an input that nobody here knows", () => {
    assert.throws(() => made("aws:kms/key:Key", { keyRing: "x" }), /mail: the local runtime does not know keyRing/);
  });
});

describe("a sampling rule of X-Ray", () => {
  it("is known by its name", () => {
    const { id, arn } = made("aws:xray/samplingRule:SamplingRule", { ruleName: "traces", fixedRate: 0.05 });
    assert.deepEqual([id, arn], ["traces", "arn:aws:xray:eu-central-1:000000000000:sampling-rule/traces"]);
  });
});
