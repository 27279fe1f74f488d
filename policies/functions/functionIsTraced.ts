import { textAt } from "../fields";
import { FUNCTION } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Without its part of the trace nobody sees where a slow request spent its time. */
export const functionIsTraced: ResourceRule = {
  name: "function-is-traced",
  what: "Every function is traced.",
  why: "Without its part of the trace nobody sees where a slow request spent its time.",
  fix: 'Set tracingConfig.mode to "Active".',
  severity: "low",
  controls: [],
  types: [FUNCTION],
  problems: ({ props }) => textAt(props, "tracingConfig", "mode") !== "Active" && "is not traced.",
};
