import type { Condition, State, StateMachineDocument } from "./document";

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** Where Mermaid's diagrams begin and end. */
const OUTSIDE = "[*]";

/**
 * Draws a state machine as a Mermaid state diagram. States that only note something down on the way from
 * one task to another are drawn as the arrow's label, so that the picture shows what is done.
 * https://mermaid.js.org/syntax/stateDiagram.html
 */
export function toMermaid({ StartAt, States }: StateMachineDocument<unknown>): string {
  const shown = Object.entries(States).filter(([, state]) => !isNote(state));
  const edges = [
    { from: OUTSIDE, to: StartAt, label: "" },
    ...shown.flatMap(([name, state]) => edgesOf(name, state)),
  ].map((edge) => ({ ...edge, to: skipNotes(edge.to, States) }));
  return [
    "stateDiagram-v2",
    ...shown.flatMap(([name, state]) => declaration(name, state)),
    ...merged(edges).map(
      ({ from, to, label }) => `  ${idOf(from)} --> ${idOf(to)}${label === "" ? "" : ` : ${label}`}`,
    ),
    "",
  ].join("\n");
}

function edgesOf(from: string, state: State<unknown>): Edge[] {
  switch (state.Type) {
    case "Task":
      return [
        { from, to: state.Next, label: "" },
        ...(state.Catch ?? []).map(({ ErrorEquals, Next }) => ({
          from,
          to: Next,
          label: ErrorEquals.map(spoken).join(", "),
        })),
      ];
    case "Pass":
      return [{ from, to: "Next" in state ? state.Next : OUTSIDE, label: "" }];
    case "Choice":
      return [
        ...state.Choices.map((choice) => ({ from, to: choice.Next, label: compared(choice) })),
        { from, to: state.Default, label: "otherwise" },
      ];
    case "Fail":
      return [{ from, to: OUTSIDE, label: "execution fails" }];
  }
}

/** One arrow for all the reasons that lead from one state to another. */
function merged(edges: readonly Edge[]): Edge[] {
  const labels = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from}\n${edge.to}`;
    const before = labels.get(key);
    labels.set(key, before === undefined ? edge : { ...edge, label: `${before.label}, ${edge.label}` });
  }
  return [...labels.values()];
}

function declaration(name: string, state: State<unknown>): string[] {
  const id = idOf(name);
  if (state.Type === "Choice") return [`  state ${id} <<choice>>`];
  return id === name ? [] : [`  state "${name}" as ${id}`];
}

const isNote = (state: State<unknown>): boolean => state.Type === "Pass" && "Next" in state;
const spoken = (error: string): string => (error === "States.ALL" ? "fault" : error);
const idOf = (name: string): string => (name === OUTSIDE ? name : name.replaceAll(/\W/g, "_"));

function skipNotes(name: string, states: StateMachineDocument<unknown>["States"]): string {
  const state = states[name];
  return state?.Type === "Pass" && "Next" in state ? skipNotes(state.Next, states) : name;
}

function compared(condition: Condition): string {
  if (!("And" in condition)) return condition.StringEquals;
  const [first, ...rest] = condition.And.map(({ StringEquals }) => StringEquals);
  return [first, ...rest.map((entry) => `from ${entry}`)].join(", ");
}
