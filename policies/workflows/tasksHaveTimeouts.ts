import { STATE_MACHINE } from "../resourceTypes";
import type { ResourceRule } from "../rule";
import { tasksOf } from "../stateMachineTasks";

/** A task that hangs takes its whole execution with it, past the point where it could still be undone. */
export const tasksHaveTimeouts: ResourceRule = {
  name: "tasks-have-timeouts",
  what: "Every task of a state machine has a timeout.",
  why: "A task that hangs takes its whole execution with it, past the point where it could still be undone.",
  fix: "Set TimeoutSeconds.",
  severity: "high",
  controls: [],
  types: [STATE_MACHINE],
  problems: ({ props }) =>
    tasksOf(props["definition"])
      .filter(({ hasTimeout }) => !hasTimeout)
      .map(({ name }) => `waits for the task ${name} without end.`),
};
