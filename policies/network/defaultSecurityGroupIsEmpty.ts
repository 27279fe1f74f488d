import { listAt } from "../fields";
import { DEFAULT_SECURITY_GROUP } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whatever is put into the network without a thought ends in this group. */
export const defaultSecurityGroupIsEmpty: ResourceRule = {
  name: "default-security-group-is-empty",
  what: "A network's default security group lets nothing through.",
  why: "Whatever is put into the network without a thought ends in this group.",
  fix: "Declare a DefaultSecurityGroup without ingress and egress.",
  severity: "high",
  controls: ["FSBP-EC2.2"],
  types: [DEFAULT_SECURITY_GROUP],
  problems: ({ props }) =>
    (listAt(props, "ingress").length > 0 || listAt(props, "egress").length > 0) && "lets something through.",
};
