import { textAt } from "../fields";
import { TABLE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** With a fixed capacity the shop's best day is the day on which it refuses orders. */
export const tableGrowsWithDemand: ResourceRule = {
  name: "table-grows-with-demand",
  what: "Every table grows with what is asked of it.",
  why: "With a fixed capacity the shop's best day is the day on which it refuses orders.",
  fix: 'Set billingMode to "PAY_PER_REQUEST".',
  severity: "medium",
  controls: ["FSBP-DynamoDB.1"],
  types: [TABLE],
  problems: ({ props }) => textAt(props, "billingMode") !== "PAY_PER_REQUEST" && "has a fixed capacity.",
};
