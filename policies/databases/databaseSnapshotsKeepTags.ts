import { at } from "../fields";
import { CLUSTER } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Without them nobody can tell whose a snapshot is, nor what it costs. */
export const databaseSnapshotsKeepTags: ResourceRule = {
  name: "database-snapshots-keep-tags",
  what: "Snapshots of a database have its tags.",
  why: "Without them nobody can tell whose a snapshot is, nor what it costs.",
  fix: "Set copyTagsToSnapshot.",
  severity: "low",
  controls: ["FSBP-RDS.16"],
  types: [CLUSTER],
  problems: ({ props }) => at(props, "copyTagsToSnapshot") !== true && "leaves its snapshots without tags.",
};
