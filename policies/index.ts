import { PolicyPack } from "@pulumi/policy";
import { EXCEPTIONS } from "./exceptions";
import { guardrails } from "./guardrails";
import { RULES } from "./rules";

new PolicyPack("orderflow-guardrails", {
  displayName: "Guardrails",
  description: "What every resource of the stack must be like, checked before it is made.",
  enforcementLevel: "mandatory",
  policies: guardrails(RULES, EXCEPTIONS),
});
