import { createHash } from "node:crypto";
import type { RegisteredInputs, ResourceKind } from "../resource";

/** An id as EC2 gives it, the same at every start. */
function idOf(prefix: string, { urn }: RegisteredInputs, salt = ""): string {
  return `${prefix}-0${createHash("sha256").update(`${urn}${salt}`).digest("hex").slice(0, 16)}`;
}

/** Awsx's VPC, a component of another process: here it stays one resource, with the ids of the subnets it would make. */
const vpcKind: ResourceKind = {
  type: "awsx:ec2:Vpc",
  honours: ["numberOfAvailabilityZones", "subnetSpecs"],
  withoutLocalEffect: [
    "cidrBlock",
    "enableDnsHostnames",
    "enableDnsSupport",
    "natGateways",
    "subnetStrategy",
    "tags",
    "vpcEndpointSpecs",
    "vpcEndpointStrategy",
  ],
  outputs(resource) {
    const { numberOfAvailabilityZones: zones = 3, subnetSpecs = [] } = resource.inputs;
    const specs = subnetSpecs as readonly { readonly type: string; readonly name?: string }[];
    const ids = (type: string): string[] =>
      specs
        .filter((spec) => spec.type === type)
        .flatMap((spec) =>
          Array.from({ length: Number(zones) }, (_, zone) =>
            idOf("subnet", resource, `${type}${spec.name ?? ""}${zone}`),
          ),
        );
    const vpcId = idOf("vpc", resource);
    return {
      id: vpcId,
      vpcId,
      publicSubnetIds: ids("Public"),
      privateSubnetIds: ids("Private"),
      isolatedSubnetIds: ids("Isolated"),
    };
  },
};

function network(type: string, prefix: string, inputs: readonly string[]): ResourceKind {
  return {
    type,
    honours: [],
    withoutLocalEffect: inputs,
    outputs(resource, { region, accountId }) {
      const id = idOf(prefix, resource);
      const name = resource.inputs["name"] ?? resource.physicalName;
      return { id, name, arn: `arn:aws:ec2:${region}:${accountId}:security-group/${id}` };
    },
  };
}

const RULE = ["securityGroupId", "description", "fromPort", "toPort", "ipProtocol", "referencedSecurityGroupId"];

/** Networks: on one machine everything reaches everything. */
export const networkKinds: readonly ResourceKind[] = [
  vpcKind,
  network("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "sg", ["vpcId", "ingress", "egress", "tags"]),
  network("aws:ec2/securityGroup:SecurityGroup", "sg", ["vpcId", "name", "description", "revokeRulesOnDelete", "tags"]),
  network("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "sgr", [...RULE, "tags"]),
  network("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "sgr", [
    ...RULE,
    "prefixListId",
    "cidrIpv4",
    "tags",
  ]),
];
