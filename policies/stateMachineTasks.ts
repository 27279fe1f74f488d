import { at, isFields, listAt, parsed } from "./fields";

/** A state that calls something and may have to wait for it. */
export interface TaskState {
  readonly name: string;
  readonly hasTimeout: boolean;
  readonly retries: boolean;
}

/** The tasks of a state machine's definition, those inside of Map and Parallel states too. */
export function tasksOf(definition: unknown): readonly TaskState[] {
  const states = at(parsed(definition), "States");
  if (!isFields(states)) return [];
  return Object.keys(states).flatMap((name) => {
    const state = states[name];
    const inner = [...listAt(state, "Branches"), at(state, "ItemProcessor"), at(state, "Iterator")];
    const own: TaskState = {
      name,
      hasTimeout: ["TimeoutSeconds", "TimeoutSecondsPath"].some((key) => at(state, key) !== undefined),
      retries: listAt(state, "Retry").length > 0,
    };
    return [...(at(state, "Type") === "Task" ? [own] : []), ...inner.flatMap(tasksOf)];
  });
}
