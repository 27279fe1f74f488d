import { at } from "../fields";
import { STAGE } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** The gateway's part begins the trace, and says how long a caller really waited. */
export const apiStageIsTraced: ResourceRule = {
  name: "api-stage-is-traced",
  what: "Every stage of an API is traced.",
  why: "The gateway's part begins the trace, and says how long a caller really waited.",
  fix: "Set xrayTracingEnabled.",
  severity: "low",
  controls: ["FSBP-APIGateway.3"],
  types: [STAGE],
  problems: ({ props }) => at(props, "xrayTracingEnabled") !== true && "is not traced.",
};
