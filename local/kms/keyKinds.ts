import type { ResourceKind } from "../resource";

/** Keys, their policies and their names: their policies bind, but they encrypt nothing on one machine. */
export const keyKinds: readonly ResourceKind[] = [
  {
    type: "aws:kms/key:Key",
    honours: ["policy"],
    withoutLocalEffect: [
      ...["description", "enableKeyRotation", "rotationPeriodInDays", "deletionWindowInDays"],
      ...["keyUsage", "customerMasterKeySpec", "multiRegion", "isEnabled", "tags", "region"],
    ],
    outputs({ physicalName: keyId }, { region, accountId }) {
      return { id: keyId, keyId, arn: `arn:aws:kms:${region}:${accountId}:key/${keyId}` };
    },
  },
  {
    type: "aws:kms/keyPolicy:KeyPolicy",
    honours: ["keyId", "policy"],
    withoutLocalEffect: ["bypassPolicyLockoutSafetyCheck", "region"],
    outputs: ({ inputs }) => ({ id: String(inputs["keyId"]) }),
  },
  {
    type: "aws:kms/alias:Alias",
    honours: ["name", "targetKeyId"],
    withoutLocalEffect: ["region"],
    outputs({ inputs, physicalName }, { region, accountId }) {
      const name = typeof inputs["name"] === "string" ? inputs["name"] : `alias/${physicalName}`;
      const targetKeyArn = `arn:aws:kms:${region}:${accountId}:key/${String(inputs["targetKeyId"])}`;
      return { id: name, name, arn: `arn:aws:kms:${region}:${accountId}:${name}`, targetKeyArn };
    },
  },
];
