import { isFields } from "../operationInput";
import { ruleProblems } from "./choice";
import type { Definition } from "./definition";
import { isPath, isReferencePath } from "./jsonPath";
import { templateProblems } from "./payloadTemplate";
import { fieldProblems, numberProblems } from "./lintFields";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads a definition and refuses, all at once and by name, whatever Step Functions would refuse and whatever
 * the runtime would not run as Step Functions does: JSONata, variables, Map, Parallel, service integrations
 * other than a function's ARN, callbacks, heartbeats, filters in paths.
 */
export function readDefinition(text: string, machine: string): Definition {
  const problems = textProblems(text);
  if (problems.length > 0) {
    throw new Error(`State machine "${machine}":\n${problems.map((problem) => `- ${problem}.`).join("\n")}`);
  }
  return JSON.parse(text) as Definition;
}

function textProblems(text: string): string[] {
  if (Buffer.byteLength(text) > 1024 * 1024) return ["its definition is larger than 1 MiB"];
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    return [`its definition is not JSON: ${(error as Error).message}`];
  }
  if (!isFields(definition) || !isFields(definition["States"])) return ["its definition has no States"];
  const states = definition["States"];
  return [
    ...fieldProblems("Machine", definition),
    ...numberProblems(definition),
    ...(typeof definition["StartAt"] === "string" && definition["StartAt"] in states
      ? []
      : [`StartAt names no state: ${String(definition["StartAt"])}`]),
    ...Object.entries(states).flatMap(([name, state]) =>
      stateProblems(name, state, states).map((problem) => `state "${name}": ${problem}`),
    ),
    ...unreachable(definition).map((name) => `state "${name}" is not reachable`),
  ];
}

function stateProblems(name: string, state: unknown, states: Json): string[] {
  if (!isFields(state)) return ["is not an object"];
  return [
    ...(name.length <= 80 ? [] : ["its name has more than 80 characters"]),
    ...fieldProblems(String(state["Type"]), state),
    ...targets(state)
      .filter((target) => !(target in states))
      .map((target) => `leads to "${target}", which does not exist`),
    ...endProblems(state),
    ...pathProblems(state),
    ...[state["Parameters"], state["ResultSelector"]].flatMap(templateProblems),
    ...numberProblems(state),
    ...handlerProblems(state),
    ...resourceProblems(state),
    ...choiceProblems(state),
    ...waitProblems(state),
  ];
}

/** Every state that a state can lead to. */
function targets(state: Json): string[] {
  const nested = [...list(state["Catch"]), ...list(state["Choices"])].map((one) => one["Next"]);
  return [state["Next"], state["Default"], ...nested].filter((target) => typeof target === "string");
}

function unreachable({ StartAt, States }: Json): string[] {
  const states = States as Readonly<Record<string, Json>>;
  const reached = new Set<string>();
  const waiting = [String(StartAt)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = states[name];
    if (reached.has(name) || !isFields(state)) continue;
    reached.add(name);
    waiting.push(...targets(state));
  }
  return Object.keys(states).filter((name) => !reached.has(name));
}

function endProblems(state: Json): string[] {
  if (["Choice", "Succeed", "Fail"].includes(String(state["Type"]))) return [];
  return (typeof state["Next"] === "string") !== (state["End"] === true) ? [] : ["needs either Next or End: true"];
}

function pathProblems(state: Json): string[] {
  const followed = ["InputPath", "OutputPath", "SecondsPath", "TimestampPath", "ErrorPath", "CausePath"];
  const placed = [state["ResultPath"], ...list(state["Catch"]).map((catcher) => catcher["ResultPath"])];
  const given = (path: unknown): boolean => path !== undefined && path !== null;
  return [
    ...followed
      .filter((field) => given(state[field]) && !(typeof state[field] === "string" && isPath(state[field])))
      .map((field) => `the local runtime cannot follow the ${field} ${String(state[field])}`),
    ...placed
      .filter((path) => given(path) && !(typeof path === "string" && isReferencePath(path)))
      .map((path) => `the local runtime cannot put a result at the ResultPath ${String(path)}`),
  ];
}

function handlerProblems(state: Json): string[] {
  return ["Retry", "Catch"].flatMap((field) => {
    const handlers = list(state[field]);
    return handlers.flatMap((handler, index) =>
      [
        ...fieldProblems(field, handler),
        ...errorProblems(handler["ErrorEquals"], index === handlers.length - 1),
        ...numberProblems(handler),
      ].map((problem) => `${field}[${index}]: ${problem}`),
    );
  });
}

function errorProblems(errors: unknown, last: boolean): string[] {
  if (!Array.isArray(errors) || errors.length === 0) return ["ErrorEquals must name an error"];
  if (!errors.includes("States.ALL") || (errors.length === 1 && last)) return [];
  return ["States.ALL must stand alone, and last"];
}

function resourceProblems({ Type, Resource }: Json): string[] {
  if (Type !== "Task") return [];
  if (typeof Resource === "string" && /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(Resource))
    return [];
  return [`the local runtime runs only functions by their ARN, not the Resource ${String(Resource)}`];
}

function choiceProblems(state: Json): string[] {
  if (state["Type"] !== "Choice") return [];
  const rules = list(state["Choices"]);
  return [
    ...(rules.length > 0 ? [] : ["needs Choices"]),
    ...rules.flatMap((rule, index) => [
      ...(typeof rule["Next"] === "string" ? [] : [`Choices[${index}]: needs Next`]),
      ...ruleProblems(rule).map((problem) => `Choices[${index}]: ${problem}`),
    ]),
  ];
}

function waitProblems(state: Json): string[] {
  if (state["Type"] !== "Wait") return [];
  const given = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"].filter((field) => state[field] !== undefined);
  return given.length === 1 ? [] : ["needs one of Seconds, SecondsPath, Timestamp and TimestampPath"];
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}
