import { numberAt } from "../fields";
import { FUNCTION } from "../resourceTypes";
import type { ResourceRule } from "../rule";

/** The default of three seconds fits by accident, and one that may run for a quarter of an hour can cost a day's budget when something hangs. */
export const functionSetsItsTimeout: ResourceRule = {
  name: "function-sets-its-timeout",
  what: "Every function says how long it may take.",
  why: "The default of three seconds fits by accident, and one that may run for a quarter of an hour can cost a day's budget when something hangs.",
  fix: "Set timeout, as short as the work allows.",
  severity: "medium",
  controls: [],
  types: [FUNCTION],
  settings: {
    longestSeconds: { type: "integer", default: 300, description: "Seconds that a function may run at most." },
  },
  problems: ({ props }, { longestSeconds }) => {
    const timeout = numberAt(props, ["timeout"], 0);
    if (timeout === 0) return "leaves its timeout to Lambda.";
    return timeout > Number(longestSeconds) && `may run for ${timeout} seconds, over ${String(longestSeconds)}.`;
  },
};
