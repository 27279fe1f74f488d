import type { Cloud, ResourceKind } from "../resource";

/** The ARN of an address or a domain that mail may come from. */
export function identityArn({ region, accountId }: Cloud, identity: string): string {
  return `arn:aws:ses:${region}:${accountId}:identity/${identity}`;
}

/** Identities, which are verified as soon as they are declared, and configuration sets. */
export const sesKinds: readonly ResourceKind[] = [
  {
    type: "aws:sesv2/emailIdentity:EmailIdentity",
    honours: ["emailIdentity", "configurationSetName"],
    withoutLocalEffect: ["dkimSigningAttributes", "tags", "region"],
    outputs({ inputs }, cloud) {
      const identity = inputs["emailIdentity"] as string;
      return {
        id: identity,
        arn: identityArn(cloud, identity),
        identityType: identity.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
        verificationStatus: "SUCCESS",
        verifiedForSendingStatus: true,
      };
    },
  },
  {
    type: "aws:sesv2/configurationSet:ConfigurationSet",
    honours: ["configurationSetName", "sendingOptions"],
    withoutLocalEffect: [
      "deliveryOptions",
      "reputationOptions",
      "suppressionOptions",
      "trackingOptions",
      "vdmOptions",
      "tags",
      "region",
    ],
    outputs({ inputs }, { region, accountId }) {
      const name = inputs["configurationSetName"] as string;
      return { id: name, arn: `arn:aws:ses:${region}:${accountId}:configuration-set/${name}` };
    },
  },
];
