import type { StackOutputs } from "../stackOutputs";

/** The log groups of a stack. */
export interface LogGroups {
  /** What each function is called, by its group. */
  readonly functions: ReadonlyMap<string, string>;
  /** The state machine's. */
  readonly saga: string;
}

/** Throws when these are not the outputs of a stack of this program. */
export function logGroupsOf(outputs: StackOutputs): LogGroups {
  const { functions, saga } = (outputs["logGroupNames"] ?? {}) as {
    readonly functions?: Readonly<Record<string, string>>;
    readonly saga?: string;
  };
  if (functions === undefined || saga === undefined) {
    throw new Error("The outputs have no logGroupNames: they are of another program, or of an older one.");
  }
  return { functions: new Map(Object.entries(functions).map(([name, group]) => [group, name])), saga };
}
