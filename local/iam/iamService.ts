import type { Cloud, Resource, ResourceKind } from "../resource";
import type { LocalService, Operation } from "../service";
import { sessionArn } from "./access";
import type { AccessUsage } from "./accessUsage";
import type { Authorizer } from "./authorizer";
import { compilePolicy } from "./policyDocument";
import { attachmentKind, managedPolicyKind, roleKind, rolePolicyKind } from "./roleKinds";

/** A role and what is written in its policies, as the program declared them. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** Policy documents by name, as JSON texts. */
  readonly policies: Map<string, string>;
}

/** IAM: reads the program's roles and policies into the authorizer. STS answers who a caller is. */
export class IamService implements LocalService {
  readonly name = "sts";
  readonly kinds: readonly ResourceKind[] = [roleKind, rolePolicyKind, managedPolicyKind, attachmentKind];
  readonly targetPrefixes = [];
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly rolesByName = new Map<string, Role>();
  private readonly managedPolicies = new Map<string, string>();

  constructor(
    cloud: Cloud,
    private readonly authorizer: Authorizer,
  ) {
    this.operations = {
      GetCallerIdentity: async (_input, { caller: { roleArn, session = "local", accessKeyId } }) => ({
        Arn:
          roleArn === undefined
            ? `arn:aws:iam::${cloud.accountId}:user/local`
            : sessionArn({ kind: "role", roleArn, session }),
        UserId: roleArn === undefined ? accessKeyId : `${accessKeyId}:${session}`,
        Account: cloud.accountId,
      }),
    };
  }

  /** What was done by which line of which role's policy, and what was refused. */
  get usage(): AccessUsage {
    return this.authorizer.usage;
  }

  get roles(): readonly Role[] {
    return [...this.rolesByName.values()];
  }

  /** Nobody needs leave to ask who he is: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  permissionsFor(): readonly [] {
    return [];
  }

  async realise(resource: Resource): Promise<void> {
    try {
      this.add(resource);
    } catch (error) {
      throw new Error(`${resource.name}: ${(error as Error).message}.`, { cause: error });
    }
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  /**
   * Puts an inline policy of a role in the place of the one of that name, as PutRolePolicy does; it counts from the next
   * call on.
   */
  putRolePolicy(roleName: string, policyName: string, document: string): void {
    const role = this.role(roleName);
    this.authorizer.putRolePolicy(role.arn, policyName, document);
    role.policies.set(policyName, document);
  }

  /** Puts a resource's own policy in the place of the one that it has; without a document it has none from then on. */
  putResourcePolicy(resourceArn: string, document?: string): void {
    this.authorizer.attach(resourceArn, document);
  }

  private add({ type, inputs, outputs }: Resource): void {
    switch (type) {
      case roleKind.type: {
        const role = { arn: String(outputs["arn"]), name: String(outputs["name"]), policies: new Map() };
        this.authorizer.addRole(role.arn, textOf(inputs["assumeRolePolicy"]));
        this.rolesByName.set(role.name, role);
        return;
      }
      case rolePolicyKind.type:
        return this.putRolePolicy(String(inputs["role"]), String(outputs["name"]), textOf(inputs["policy"]));
      case managedPolicyKind.type: {
        const document = textOf(inputs["policy"]);
        compilePolicy(document, "identity");
        this.managedPolicies.set(String(outputs["arn"]), document);
        return;
      }
      case attachmentKind.type: {
        const arn = String(inputs["policyArn"]);
        const document = this.managedPolicies.get(arn);
        if (document === undefined) throw new Error(`the local runtime has no stand-in for the policy ${arn}`);
        return this.putRolePolicy(String(inputs["role"]), arn, document);
      }
    }
  }

  private role(name: string): Role {
    const role = this.rolesByName.get(name);
    if (role === undefined) throw new Error(`there is no role "${name}"`);
    return role;
  }
}

function textOf(document: unknown): string {
  return typeof document === "string" ? document : JSON.stringify(document);
}
