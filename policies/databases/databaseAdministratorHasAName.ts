import { textAt } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** It halves what there is to guess. */
export const databaseAdministratorHasAName: ResourceRule = {
  name: "database-administrator-has-a-name",
  what: "No database has an administrator of the name that everybody tries first.",
  why: "It halves what there is to guess.",
  fix: "Set masterUsername to a name of your own.",
  severity: "low",
  controls: ["FSBP-RDS.24"],
  types: [CLUSTER],
  problems: ({ props }) => {
    const name = textAt(props, "masterUsername");
    return (
      ["", "postgres", "admin", "root", "administrator"].includes(name.toLowerCase()) &&
      `calls its administrator ${name || "what AWS does"}.`
    );
  },
};
