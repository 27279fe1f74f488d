import type { Graph, Saga, SagaState } from "../../../console/protocol";
import type { Resource } from "../../../local/resource";
import { arrowsOf } from "./arrows";
import { Directory } from "./directory";
import { partsOf, type Placed } from "./parts";

/** The picture of a program, and what its parts stand for. */
export interface PipelineGraph {
  readonly graph: Graph;
  readonly directory: Directory;
  readonly byId: ReadonlyMap<string, Placed>;
}

/** Draws the pipeline out of what the program registered; nothing of it is written by hand. */
export function pipelineGraph(resources: readonly Resource[], prefix: string): PipelineGraph {
  const found = partsOf(resources, prefix);
  const flows = arrowsOf(resources, new Directory(found));
  const failed = new Set(flows.filter(({ way }) => way === "failure").map(({ to }) => to));
  const arrows = flows.map((arrow) => (failed.has(arrow.to) ? { ...arrow, way: "failure" as const } : arrow));
  const placed = found.map((one) =>
    failed.has(one.part.id) ? { ...one, part: { ...one.part, failures: true } } : one,
  );
  const inUse = new Set(placed.map(({ part }) => part.box));
  const names = resources.map(({ name }) => name);
  const boxes = names.filter((name, at) => inUse.has(name) && names.indexOf(name) === at);
  return {
    graph: { boxes, parts: placed.map(({ part }) => part), arrows },
    directory: new Directory(placed),
    byId: new Map(placed.map((one) => [one.part.id, one])),
  };
}

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

interface StateDefinition {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly object[];
}

/** The first state machine of the program, as states and what follows them. */
export function sagaOf(resources: readonly Resource[]): Saga {
  const machine = resources.find(({ type }) => type === "aws:sfn/stateMachine:StateMachine");
  const given = machine?.inputs["definition"];
  const text = typeof given === "string" ? given : '{"StartAt":"","States":{}}';
  const definition = JSON.parse(text) as Definition;
  return { startAt: definition.StartAt, states: Object.entries(definition.States).map(stateOf) };
}

function stateOf([name, state]: [string, StateDefinition]): SagaState {
  const { Type, Comment, Next, End, Default, Catch = [], Choices = [] } = state;
  const nexts = [
    ...(Next === undefined ? [] : [{ to: Next }]),
    ...Catch.map(({ ErrorEquals, Next: to }) => ({ to, on: ErrorEquals.map(errorName).join(", ") })),
    ...Choices.map((choice) => ({ to: String((choice as { Next?: string }).Next), on: comparedWith(choice) })),
    ...(Default === undefined ? [] : [{ to: Default, on: "otherwise" }]),
  ];
  const end = End === true || Type === "Fail" || Type === "Succeed";
  return { name, type: Type, ...(Comment !== undefined && { comment: Comment }), nexts, end };
}

function errorName(error: string): string {
  return error === "States.ALL" ? "fault" : error;
}

/** The texts that a choice compares with: enough to tell one from another. */
function comparedWith(choice: object): string {
  const found = JSON.stringify(choice).matchAll(/"StringEquals":"([^"]+)"/g);
  return [...found].map(([, text]) => text).join(", from ");
}
