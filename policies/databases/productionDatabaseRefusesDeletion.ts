import { at } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A renamed component is a deleted database and a new, empty one. */
export const productionDatabaseRefusesDeletion: ResourceRule = {
  name: "production-database-refuses-deletion",
  what: "In production AWS and Pulumi both refuse to delete a database, and one that goes leaves a last snapshot.",
  why: "A renamed component is a deleted database and a new, empty one.",
  fix: "Set deletionProtection and finalSnapshotIdentifier, leave skipFinalSnapshot off, and set the option protect.",
  severity: "high",
  controls: ["AwsSolutions-RDS10", "FSBP-RDS.7"],
  types: [CLUSTER],
  inProductionOnly: true,
  problems: ({ props, protect }) => [
    at(props, "deletionProtection") !== true && "can be deleted in AWS.",
    at(props, "skipFinalSnapshot") === true && "leaves no last snapshot.",
    !protect && "can be deleted by Pulumi.",
  ],
};
