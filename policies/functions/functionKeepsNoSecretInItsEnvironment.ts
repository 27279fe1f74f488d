import { at, isFields, textAt } from "../fields";
import { FUNCTION } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Whoever may look at a function's configuration reads its environment, and so do its crash reports. */
export const functionKeepsNoSecretInItsEnvironment: ResourceRule = {
  name: "function-keeps-no-secret-in-its-environment",
  what: "No secret stands in a function's environment.",
  why: "Whoever may look at a function's configuration reads its environment, and so do its crash reports.",
  fix: "Keep the secret in Secrets Manager or Parameter Store, and give the function its name and the permission to read it.",
  severity: "critical",
  controls: [],
  types: [FUNCTION],
  problems: ({ props }) => {
    const variables = at(props, "environment", "variables");
    if (!isFields(variables)) return undefined;
    return Object.keys(variables).map((name) => {
      const value = textAt(variables, name);
      return (isSecretName(name, value) || LOOKS_SECRET.test(value)) && `keeps a secret in the variable ${name}.`;
    });
  },
};

/** A name that tells of a secret, unless what it holds only says where the secret is. */
function isSecretName(name: string, value: string): boolean {
  return /(secret|password|passwd|token|credential|private_?key|api_?key)/i.test(name) && !/^(arn:|\/|$)/.test(value);
}

/** Access keys of AWS, private keys, keys of payment providers, and URLs with a password. */
const LOOKS_SECRET =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b[rs]k_(live|test)_[A-Za-z0-9]{10,}|:\/\/[^/\s:]+:[^@/\s]+@/;
