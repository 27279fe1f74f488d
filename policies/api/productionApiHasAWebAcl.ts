import { companionOf } from "../companions";
import { STAGE, WEB_ACL_ASSOCIATION } from "../resourceTypes";
import type { StackRule } from "../rule";

/** It turns known attacks and floods away before they cost anything. */
export const productionApiHasAWebAcl: StackRule = {
  name: "production-api-has-a-web-acl",
  what: "In production every stage of an API stands behind a web ACL.",
  why: "It turns known attacks and floods away before they cost anything.",
  fix: "Associate a web ACL of WAF with the stage.",
  severity: "high",
  controls: ["AwsSolutions-APIG3", "FSBP-APIGateway.4"],
  types: [STAGE],
  inProductionOnly: true,
  problemsAmong: (stage, stack) =>
    companionOf(stage, stack, { type: WEB_ACL_ASSOCIATION, by: "resourceArn", names: ["arn"] }).length === 0 &&
    "stands behind no web ACL.",
};
