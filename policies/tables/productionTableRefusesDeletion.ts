import { at } from "../fields";
import { TABLE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A renamed component is a deleted table and a new, empty one. */
export const productionTableRefusesDeletion: ResourceRule = {
  name: "production-table-refuses-deletion",
  what: "In production AWS and Pulumi both refuse to delete a table.",
  why: "A renamed component is a deleted table and a new, empty one.",
  fix: "Set deletionProtectionEnabled, and the option protect.",
  severity: "high",
  controls: ["FSBP-DynamoDB.6"],
  types: [TABLE],
  inProductionOnly: true,
  problems: ({ props, protect }) => [
    at(props, "deletionProtectionEnabled") !== true && "can be deleted in AWS.",
    !protect && "can be deleted by Pulumi.",
  ],
};
