import { listAt } from "../fields";
import { isPublic, statementsOf } from "../policyDocument";
import { KEY, KEY_POLICY } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** What is encrypted with a key that everybody may use is not encrypted. */
export const keyIsNotPublic: ResourceRule = {
  name: "key-is-not-public",
  what: "No policy of a key lets everybody use it.",
  why: "What is encrypted with a key that everybody may use is not encrypted.",
  fix: "Name the principal.",
  severity: "critical",
  controls: ["FSBP-KMS.5"],
  types: [KEY_POLICY, KEY],
  problems: ({ props }) =>
    listAt(props, "policy")
      .flatMap(statementsOf)
      .filter(isPublic)
      .map(({ actions }) => `lets everybody do ${actions.join(", ")}.`),
};
