import { at } from "../fields";
import { TABLE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A bug that writes nonsense is found hours later, and no other copy of the rows is from before it. */
export const tableCanBeRestored: ResourceRule = {
  name: "table-can-be-restored",
  what: "Every table can be restored to any second of the last weeks.",
  why: "A bug that writes nonsense is found hours later, and no other copy of the rows is from before it.",
  fix: "Set pointInTimeRecovery.enabled.",
  severity: "high",
  controls: ["AwsSolutions-DDB3", "FSBP-DynamoDB.2"],
  types: [TABLE],
  problems: ({ props }) =>
    at(props, "pointInTimeRecovery", "enabled") !== true && "cannot be restored to a point in time.",
};
