import { textAt } from "../fields";
import { FUNCTION } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** A runtime that AWS has given up gets no security fixes, and functions on it cannot be changed any more. */
export const functionRunsASupportedRuntime: ResourceRule = {
  name: "function-runs-a-supported-runtime",
  what: "Every function runs one of the runtimes that the team supports.",
  why: "A runtime that AWS has given up gets no security fixes, and functions on it cannot be changed any more.",
  fix: "Set runtime to one of the supported ones.",
  severity: "medium",
  controls: ["AwsSolutions-L1", "FSBP-Lambda.2"],
  types: [FUNCTION],
  settings: {
    runtimes: {
      type: "array",
      items: { type: "string" },
      default: ["nodejs24.x"],
      description: "The runtimes that functions may have.",
    },
  },
  problems: ({ props }, { runtimes }) => {
    const runtime = textAt(props, "runtime");
    return !(runtimes as readonly string[]).includes(runtime) && `runs ${runtime || "no named runtime"}.`;
  },
};
