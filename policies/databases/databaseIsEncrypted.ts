import { at } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Its snapshots are copied, and would be readable wherever they end up. */
export const databaseIsEncrypted: ResourceRule = {
  name: "database-is-encrypted",
  what: "Every database is encrypted at rest.",
  why: "Its snapshots are copied, and would be readable wherever they end up.",
  fix: "Set storageEncrypted.",
  severity: "high",
  controls: ["AwsSolutions-RDS2", "FSBP-RDS.27"],
  types: [CLUSTER],
  problems: ({ props }) => at(props, "storageEncrypted") !== true && "is not encrypted.",
};
