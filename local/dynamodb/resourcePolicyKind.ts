import type { Resource, ResourceKind } from "../resource";

/** A policy of a table's own. It binds everybody, the account's administrators too. */
export const resourcePolicyKind: ResourceKind = {
  type: "aws:dynamodb/resourcePolicy:ResourcePolicy",
  honours: ["resourceArn", "policy"],
  withoutLocalEffect: ["confirmRemoveSelfResourceAccess", "region"],
  outputs: ({ inputs }) => ({ id: String(inputs["resourceArn"]), revisionId: "1" }),
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
const LONGEST_BYTES = 20 * 1024;

interface PolicyDocument {
  readonly Statement?: readonly {
    readonly Principal?: unknown;
    readonly Action?: unknown;
    readonly Resource?: unknown;
  }[];
}

/** Throws what DynamoDB would refuse, or apply to nothing: a policy holds for the resource that it is attached to alone. */
export function checkResourcePolicy({ name, inputs }: Pick<Resource, "name" | "inputs">): void {
  const { resourceArn, policy } = inputs as { readonly resourceArn: string; readonly policy: string };
  if (Buffer.byteLength(policy) > LONGEST_BYTES) throw new Error(`${name}: the policy is longer than 20 KB.`);
  const { Statement = [] } = JSON.parse(policy) as PolicyDocument;
  if (Statement.length === 0) throw new Error(`${name}: the policy has no Statement.`);
  for (const { Principal, Action, Resource } of Statement) {
    if (Principal === undefined) throw new Error(`${name}: a statement names no Principal.`);
    const strange = several(Action).filter((action) => !action.startsWith("dynamodb:"));
    if (strange.length > 0) throw new Error(`${name}: ${strange.join(", ")} is no action on a table.`);
    const elsewhere = several(Resource).filter((arn) => arn !== resourceArn && !arn.startsWith(`${resourceArn}/`));
    if (elsewhere.length > 0) {
      throw new Error(`${name}: the policy of ${resourceArn} speaks of ${elsewhere.join(", ")}.`);
    }
  }
}

function several(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
