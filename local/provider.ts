import { createHash } from "node:crypto";
import type { Registration } from "./engine/messages";
import type { Cloud, ResourceKind } from "./resource";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Answers for the AWS provider while the program runs: computes what AWS would answer, and refuses by
 * name whatever has no stand-in here, be it a resource type, an input or a function.
 */
export class LocalProvider {
  private readonly kinds: ReadonlyMap<string, ResourceKind>;

  constructor(
    private readonly cloud: Cloud,
    kinds: readonly ResourceKind[],
  ) {
    this.kinds = new Map(kinds.map((kind) => [kind.type, kind]));
  }

  outputs(registration: Registration): Fields {
    const { type, name, urn, inputs, custom, remote = false } = registration;
    if ((!custom && !remote) || type === "pulumi:pulumi:Stack") return {};
    if (type.startsWith("pulumi:providers:")) return { id: name };
    const kind = this.kinds.get(type);
    if (kind === undefined)
      throw new Error(`${name}: the local runtime has no stand-in for the resource type ${type}.`);
    const known = new Set([...kind.honours, ...kind.withoutLocalEffect]);
    const unknown = Object.keys(inputs).filter((input) => !known.has(input));
    if (unknown.length > 0) {
      throw new Error(`${name}: the local runtime does not know ${unknown.join(", ")} of ${type}.`);
    }
    return kind.outputs({ name, urn, inputs, physicalName: physicalName(urn, name) }, this.cloud);
  }

  call(token: string, inputs: Fields): Fields {
    const { region, accountId } = this.cloud;
    switch (token) {
      case "aws:index/getRegion:getRegion":
        return { id: region, region, name: region, endpoint: "localhost", description: "One machine" };
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { id: accountId, accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId };
      case "aws:index/getPartition:getPartition":
        return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" };
      case "aws:ec2/getPrefixList:getPrefixList":
        return { id: "pl-00000000", name: inputs["name"], cidrBlocks: [] };
      default:
        throw new Error(`The local runtime has no answer to the function ${token}.`);
    }
  }
}

/** The name that Pulumi would make up: the logical name and seven characters, here the same at every start. */
export function physicalName(urn: string, name: string): string {
  return `${name}-${createHash("sha256").update(urn).digest("hex").slice(0, 7)}`;
}
