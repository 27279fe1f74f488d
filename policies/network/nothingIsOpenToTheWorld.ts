import { listAt } from "../fields";
import { INGRESS_RULE, SECURITY_GROUP } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whatever listens behind it is found within minutes. */
export const nothingIsOpenToTheWorld: ResourceRule = {
  name: "nothing-is-open-to-the-world",
  what: "No security group lets the whole internet in.",
  why: "Whatever listens behind it is found within minutes.",
  fix: "Name a security group or a range of your own as the source.",
  severity: "critical",
  controls: ["AwsSolutions-EC23", "AwsSolutions-RDS8", "FSBP-EC2.18", "FSBP-EC2.19"],
  types: [SECURITY_GROUP, INGRESS_RULE],
  problems: ({ props }) => {
    const rules = [props, ...listAt(props, "ingress")];
    const sources = rules.flatMap((rule) =>
      ["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"].flatMap((key) => listAt(rule, key)),
    );
    return sources.some((source) => ["0.0.0.0/0", "::/0"].includes(String(source))) && "lets the whole internet in.";
  },
};
