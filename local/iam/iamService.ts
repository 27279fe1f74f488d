import type { Cloud, RegisteredInputs, Resource, ResourceKind } from "../resource";
import type { LocalService, Operation } from "../service";

/** A role and what is written in its policies, as the program declared them. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** Who may assume it: a policy document as JSON text. */
  readonly trust: string;
  /** Inline policies by name: policy documents as JSON texts. */
  readonly policies: Map<string, string>;
}

const named = ({ inputs, physicalName }: RegisteredInputs): string =>
  typeof inputs["name"] === "string" ? inputs["name"] : physicalName;

const roleKind: ResourceKind = {
  type: "aws:iam/role:Role",
  honours: ["name", "assumeRolePolicy"],
  withoutLocalEffect: ["description", "forceDetachPolicies", "maxSessionDuration", "path", "tags"],
  outputs(resource, cloud) {
    const name = named(resource);
    return {
      id: name,
      name,
      arn: `arn:aws:iam::${cloud.accountId}:role/${name}`,
      uniqueId: `AROA${name.toUpperCase()}`,
    };
  },
};

const rolePolicyKind: ResourceKind = {
  type: "aws:iam/rolePolicy:RolePolicy",
  honours: ["name", "role", "policy"],
  withoutLocalEffect: [],
  outputs(resource) {
    const name = named(resource);
    return { id: `${String(resource.inputs["role"])}:${name}`, name };
  },
};

/** IAM: keeps the program's roles and their policies. STS answers who a caller is. */
export class IamService implements LocalService {
  readonly name = "sts";
  readonly kinds: readonly ResourceKind[] = [roleKind, rolePolicyKind];
  readonly targetPrefixes = [];
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly rolesByName = new Map<string, Role>();

  constructor(cloud: Cloud) {
    this.operations = {
      GetCallerIdentity: async (_input, { caller }) => ({
        Arn: caller.roleArn ?? `arn:aws:iam::${cloud.accountId}:user/local`,
        UserId: caller.accessKeyId,
        Account: cloud.accountId,
      }),
    };
  }

  get roles(): readonly Role[] {
    return [...this.rolesByName.values()];
  }

  async realise({ type, name, inputs, outputs }: Resource): Promise<void> {
    if (type === roleKind.type) {
      const role = { arn: String(outputs["arn"]), name: String(outputs["name"]) };
      const trust = checkedDocument(name, inputs["assumeRolePolicy"]);
      this.rolesByName.set(role.name, { ...role, trust, policies: new Map() });
      return;
    }
    const role = this.rolesByName.get(String(inputs["role"]));
    if (role === undefined) throw new Error(`${name}: there is no role "${String(inputs["role"])}".`);
    role.policies.set(String(outputs["name"]), checkedDocument(name, inputs["policy"]));
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}

function checkedDocument(name: string, document: unknown): string {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const { Statement } = JSON.parse(text) as { Statement?: unknown };
  if (!Array.isArray(Statement) || Statement.length === 0) throw new Error(`${name}: the policy has no Statement.`);
  return text;
}
