import type { ResourceKind } from "../resource";

/** Keys, their policies and their names: they are there to be referred to, and encrypt nothing on one machine. */
export const keyKinds: readonly ResourceKind[] = [
  {
    type: "aws:kms/key:Key",
    honours: [],
    withoutLocalEffect: [
      ...["description", "enableKeyRotation", "rotationPeriodInDays", "deletionWindowInDays", "policy"],
      ...["keyUsage", "customerMasterKeySpec", "multiRegion", "isEnabled", "tags", "region"],
    ],
    outputs({ physicalName: keyId }, { region, accountId }) {
      return { id: keyId, keyId, arn: `arn:aws:kms:${region}:${accountId}:key/${keyId}` };
    },
  },
  {
    type: "aws:kms/keyPolicy:KeyPolicy",
    honours: [],
    withoutLocalEffect: ["keyId", "policy", "bypassPolicyLockoutSafetyCheck", "region"],
    outputs: ({ inputs }) => ({ id: String(inputs["keyId"]) }),
  },
  {
    type: "aws:kms/alias:Alias",
    honours: [],
    withoutLocalEffect: ["name", "targetKeyId", "region"],
    outputs({ inputs, physicalName }, { region, accountId }) {
      const name = typeof inputs["name"] === "string" ? inputs["name"] : `alias/${physicalName}`;
      const targetKeyArn = `arn:aws:kms:${region}:${accountId}:key/${String(inputs["targetKeyId"])}`;
      return { id: name, name, arn: `arn:aws:kms:${region}:${accountId}:${name}`, targetKeyArn };
    },
  },
];
