import { at } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A password is copied, kept in settings, and seldom changed; a role's token is good for a quarter of an hour. */
export const databaseAdmitsRoles: ResourceRule = {
  name: "database-admits-roles",
  what: "Users of a database are admitted by IAM.",
  why: "A password is copied, kept in settings, and seldom changed; a role's token is good for a quarter of an hour.",
  fix: "Set iamDatabaseAuthenticationEnabled.",
  severity: "medium",
  controls: ["AwsSolutions-RDS6", "FSBP-RDS.12"],
  types: [CLUSTER],
  problems: ({ props }) => at(props, "iamDatabaseAuthenticationEnabled") !== true && "admits users by passwords alone.",
};
