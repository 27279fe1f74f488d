import { companionOf } from "../companions";
import { EVENT_BUS, EVENT_BUS_POLICY } from "../resourceTypes";
import type { StackRule } from "../rule";

/** Without a policy nothing on the bus itself tells who is meant to, and the next policy on it is somebody's first guess. */
export const eventBusHasAPolicy: StackRule = {
  name: "event-bus-has-a-policy",
  what: "Every bus of the stack's own says who may publish.",
  why: "Without a policy nothing on the bus itself tells who is meant to, and the next policy on it is somebody's first guess.",
  fix: "Give it an event bus policy that names its publishers.",
  severity: "medium",
  controls: ["FSBP-EventBridge.3"],
  types: [EVENT_BUS],
  problemsAmong: (bus, stack) =>
    companionOf(bus, stack, { type: EVENT_BUS_POLICY, by: "eventBusName", names: ["name", "id"] }).length === 0 &&
    "has no policy.",
};
