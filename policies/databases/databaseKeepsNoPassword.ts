import { at } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** It would stand in the state file and in the configuration, and stay the same for years. */
export const databaseKeepsNoPassword: ResourceRule = {
  name: "database-keeps-no-password",
  what: "No database is given a password by the program.",
  why: "It would stand in the state file and in the configuration, and stay the same for years.",
  fix: "Set manageMasterUserPassword: then Secrets Manager makes the password, and changes it every week.",
  severity: "high",
  controls: ["AwsSolutions-SMG4", "FSBP-SecretsManager.1", "FSBP-SecretsManager.4"],
  types: [CLUSTER],
  problems: ({ props }) => [
    at(props, "manageMasterUserPassword") !== true && "has no password that is changed by itself.",
    "masterPassword" in props && "is given its password by the program.",
  ],
};
