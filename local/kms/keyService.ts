import type { PolicyBook } from "../iam/resourcePolicies";
import type { Cloud, Resource } from "../resource";
import type { LocalService } from "../service";
import { keyKinds } from "./keyKinds";

/** Finds keys. Implemented by the KeyService. */
export interface Keys {
  /** The ARN of the key that an id, an alias or an ARN names; of a key of AWS's own, that of its alias. */
  arnOf(reference: string): string;
}

/**
 * The key that AWS keeps for SNS lets in whoever publishes in the account, but no other service: an alarm cannot use it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const OF_SNS = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } },
    },
  ],
});

/** KMS: keys can be made and referred to, and their policies bind; nothing is encrypted with them, and no call is answered. */
export class KeyService implements LocalService, Keys {
  readonly name = "kms";
  readonly kinds = keyKinds;
  readonly targetPrefixes = [];
  readonly operations = {};
  private readonly arnsByAlias = new Map<string, string>();

  constructor(
    private readonly cloud: Cloud,
    private readonly policies?: PolicyBook,
  ) {
    policies?.attach(this.arnOf("alias/aws/sns"), OF_SNS);
  }

  async realise({ type, name, inputs, outputs }: Resource): Promise<void> {
    try {
      if (type === "aws:kms/alias:Alias") {
        this.arnsByAlias.set(String(outputs["name"]), String(outputs["targetKeyArn"]));
        return;
      }
      const arn = this.arnOf(String(outputs["keyId"] ?? inputs["keyId"]));
      const { policy } = inputs;
      // A key without a policy of its own leaves it to the account who may use it.
      if (typeof policy === "string" || type === "aws:kms/key:Key") {
        this.policies?.attach(arn, typeof policy === "string" ? policy : this.initialPolicy());
      }
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}.`, { cause: error });
    }
  }

  arnOf(reference: string): string {
    const { region, accountId } = this.cloud;
    const name = reference.startsWith("arn:") ? reference.split(":").slice(5).join(":") : reference;
    if (name.startsWith("alias/")) return this.arnsByAlias.get(name) ?? `arn:aws:kms:${region}:${accountId}:${name}`;
    return `arn:aws:kms:${region}:${accountId}:key/${name.replace(/^key\//, "")}`;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  private initialPolicy(): string {
    const AWS = `arn:aws:iam::${this.cloud.accountId}:root`;
    const Statement = [{ Effect: "Allow", Principal: { AWS }, Action: "kms:*", Resource: "*" }];
    return JSON.stringify({ Version: "2012-10-17", Statement });
  }
}
