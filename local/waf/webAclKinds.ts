import type { ResourceKind } from "../resource";

/**
 * Web ACLs, and what stands behind them. Here they keep nobody out: AWS does not publish what its managed rules look for,
 * and every request on one machine comes from one address.
 */
export const webAclKinds: readonly ResourceKind[] = [
  {
    type: "aws:wafv2/webAcl:WebAcl",
    honours: [],
    withoutLocalEffect: [
      ...["name", "description", "scope", "defaultAction", "rules", "visibilityConfig", "customResponseBodies"],
      ...["associationConfig", "captchaConfig", "challengeConfig", "dataProtectionConfig", "namePrefix", "ruleJson"],
      ...["tokenDomains", "tags", "region"],
    ],
    outputs({ inputs, physicalName }, { region, accountId }) {
      const name = typeof inputs["name"] === "string" ? inputs["name"] : physicalName;
      return {
        ...{ id: physicalName, name, lockToken: "1", capacity: 0 },
        arn: `arn:aws:wafv2:${region}:${accountId}:regional/webacl/${name}/${physicalName}`,
      };
    },
  },
  {
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    honours: [],
    withoutLocalEffect: ["resourceArn", "webAclArn", "region"],
    outputs: ({ inputs }) => ({ id: `${String(inputs["webAclArn"])},${String(inputs["resourceArn"])}` }),
  },
];
