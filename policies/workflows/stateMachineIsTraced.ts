import { at } from "../fields";
import { STATE_MACHINE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** Its part joins the traces of the functions that it calls to that of the request. */
export const stateMachineIsTraced: ResourceRule = {
  name: "state-machine-is-traced",
  what: "Every state machine is traced.",
  why: "Its part joins the traces of the functions that it calls to that of the request.",
  fix: "Set tracingConfiguration.enabled.",
  severity: "low",
  controls: ["AwsSolutions-SF2"],
  types: [STATE_MACHINE],
  problems: ({ props }) => at(props, "tracingConfiguration", "enabled") !== true && "is not traced.",
};
