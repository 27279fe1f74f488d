import { STATE_MACHINE } from "../resourceTypes";
import type { ResourceRule } from "../rule";
import { tasksOf } from "../stateMachineTasks";

/** A throttle or a restart of a service would otherwise fail an order that a second attempt would have carried. */
export const tasksAreRetried: ResourceRule = {
  name: "tasks-are-retried",
  what: "Every task of a state machine is tried again when it fails for a moment.",
  why: "A throttle or a restart of a service would otherwise fail an order that a second attempt would have carried.",
  fix: "Set Retry.",
  severity: "medium",
  controls: [],
  types: [STATE_MACHINE],
  problems: ({ props }) =>
    tasksOf(props["definition"])
      .filter(({ retries }) => !retries)
      .map(({ name }) => `gives the task ${name} up at its first failure.`),
};
