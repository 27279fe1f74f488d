import { listAt, parsed } from "../fields";
import { REST_API, STATE_MACHINE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** With the wrong profile in a shell, prod is deployed into whatever account that is. */
export const productionNamesItsAccount: ResourceRule = {
  name: "production-names-its-account",
  what: "In production the stack names the account that it may be deployed to.",
  why: "With the wrong profile in a shell, prod is deployed into whatever account that is.",
  fix: "Set aws:allowedAccountIds of the stack.",
  severity: "high",
  controls: [],
  types: [REST_API, STATE_MACHINE],
  inProductionOnly: true,
  problems: ({ provider }) =>
    listAt(parsed(provider["allowedAccountIds"] ?? "[]")).length === 0 && "may be deployed to any account.",
};
