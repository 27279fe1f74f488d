import { statementsOf } from "../policyDocument";
import { ROLE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever may assume a role may do all that it may; an account or everybody as principal hands that on to others. */
export const roleIsAssumedByOneService: ResourceRule = {
  name: "role-is-assumed-by-one-service",
  what: "Every role is assumed by the one service that works with it.",
  why: "Whoever may assume a role may do all that it may; an account or everybody as principal hands that on to others.",
  fix: "Name one service as the trust policy's principal.",
  severity: "high",
  controls: ["FSBP-IAM.1"],
  types: [ROLE],
  problems: ({ props }) => {
    const trusted = statementsOf(props["assumeRolePolicy"]).filter(({ allows }) => allows);
    const principals = trusted.flatMap(({ principals }) => principals);
    const others = principals.filter((principal) => !principal.startsWith("Service:"));
    return [
      others.length > 0 && `can be assumed by ${others.join(", ")}.`,
      new Set(principals).size > 1 && others.length === 0 && `can be assumed by ${principals.join(", ")}.`,
      trusted.some(({ negated }) => negated.includes("NotPrincipal")) && "names who may not assume it (NotPrincipal).",
    ];
  },
};
