import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { LocalProvider } from "../../../local/provider";
import { networkKinds } from "../../../local/ec2/networkKinds";
import type { Cloud } from "../../../local/resource";

const provider = new LocalProvider({ region: "eu-central-1", accountId: "000000000000" } as Cloud, networkKinds);

function vpc(inputs: Record<string, unknown>, remote = true): Readonly<Record<string, unknown>> {
  const urn = "urn:pulumi:dev::p::awsx:ec2:Vpc::net";
  return provider.outputs({
    ...{ urn, type: "awsx:ec2:Vpc", name: "net", custom: false, remote, inputs },
    ...{ dependencies: [], propertyDependencies: {}, protect: false },
  });
}

describe("a VPC of awsx", () => {
  it("has a subnet of each kind in each zone, with the same ids at every start", () => {
    const inputs = { numberOfAvailabilityZones: 2, subnetSpecs: [{ type: "Isolated" }, { type: "Public" }] };
    const { isolatedSubnetIds, publicSubnetIds, privateSubnetIds, vpcId } = vpc(inputs);
    assert.equal(new Set([...(isolatedSubnetIds as string[]), ...(publicSubnetIds as string[])]).size, 4);
    assert.deepEqual(privateSubnetIds, []);
    assert.match(String(vpcId), /^vpc-0[0-9a-f]{16}$/);
    assert.deepEqual(vpc(inputs)["isolatedSubnetIds"], isolatedSubnetIds);
  });

  it("is refused with an input that nobody here knows", () => {
    assert.throws(
      () => vpc({ dedicatedMoon: true }),
      /net: the local runtime does not know dedicatedMoon of awsx:ec2:Vpc/,
    );
  });

  it("has outputs though it is a component, unlike components of the program itself", () => {
    assert.deepEqual(vpc({}, false), {});
  });
});
