import { textAt } from "../fields";
import { SECURITY_GROUP } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A group that nobody can explain is a group that nobody dares to close. */
export const securityGroupIsDescribed: ResourceRule = {
  name: "security-group-is-described",
  what: "Every security group says what it is for.",
  why: "A group that nobody can explain is a group that nobody dares to close.",
  fix: "Set description.",
  severity: "low",
  controls: ["AwsSolutions-EC27"],
  types: [SECURITY_GROUP],
  problems: ({ props }) =>
    ["", "Managed by Pulumi"].includes(textAt(props, "description")) && "does not say what it is for.",
};
