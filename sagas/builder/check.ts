import { FAILURE, toAsl } from "./asl";
import { successors, type StateMachineDocument } from "./document";
import type { PlannedCall, PlannedStep, Saga } from "./plan";
import { policyProblems, type RetryPolicy } from "./retryPolicy";
import { stateSeconds, worstCaseSeconds } from "./worstCase";

/** Limits of Step Functions: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_NAME_CHARACTERS = 80;
const MAX_DEFINITION_BYTES = 1024 * 1024;
const MAX_EXPRESS_SECONDS = 300;

/** Longer than the ARN of any function, for measuring a document whose ARNs are not known yet. */
const LONGEST_ARN = "arn".padEnd(170, "-");

/** Throws one error that lists everything that is wrong with a saga, naming the step and the field. */
export function checkSaga(saga: Saga): void {
  let problems = planProblems(saga);
  // A plan with holes cannot be rendered; what it would render to is the second question.
  if (problems.length === 0) problems = documentProblems(toAsl(saga, () => LONGEST_ARN));
  if (problems.length === 0) return;
  throw new Error(`Saga "${saga.name}":\n${problems.map((problem) => `- ${problem}.`).join("\n")}`);
}

function planProblems(saga: Saga): string[] {
  const { name, timeoutSeconds, steps, fence, close, retries } = saga;
  const open = steps.filter(({ committed }) => !committed);
  return [
    ...(/^[A-Za-z][A-Za-z0-9_-]*$/.test(name) && name.length <= MAX_NAME_CHARACTERS
      ? []
      : [`name must be a letter and then letters, digits, - and _, at most ${MAX_NAME_CHARACTERS} in all`]),
    ...(Number.isInteger(timeoutSeconds) && timeoutSeconds >= 1 && timeoutSeconds <= MAX_EXPRESS_SECONDS
      ? []
      : [
          `timeoutSeconds must be a whole number from 1 to ${MAX_EXPRESS_SECONDS}, the limit of an Express execution, ` +
            `not ${timeoutSeconds}`,
        ]),
    ...(steps.length > 0 ? [] : ["it has no steps"]),
    ...(open.length > 0 || (fence ?? close) === undefined
      ? []
      : ["a fence or a closing task needs a step before the pivot: nothing else can be undone"]),
    ...Object.entries<RetryPolicy>({ ...retries }).flatMap(([way, policy]) =>
      policyProblems(policy).map((it) => `retries.${way}: ${it}`),
    ),
    ...steps.flatMap((step) => stepProblems(step, fence?.refusal)),
    ...[...steps.flatMap(({ undo }) => undo ?? []), ...[fence, close].flatMap((call) => call ?? [])].flatMap(
      callProblems,
    ),
    ...nameProblems(saga),
  ];
}

function stepProblems(step: PlannedStep, refusal: string | undefined): string[] {
  const where = `step ${step.task.name}`;
  const needed = step.task.rejections.filter((code) => code !== refusal);
  const given = Object.keys(step.rejections);
  return [
    ...callProblems(step),
    ...(step.as === FAILURE ? [`${where}: as must not be "${FAILURE}", which the way back uses`] : []),
    ...(step.nothingToUndo?.trim() === "" ? [`${where}: undo.because must say why there is nothing to undo`] : []),
    ...needed
      .filter((code) => !given.includes(code))
      .map((code) => `${where}: rejections must say how the saga ends on ${code}`),
    ...given
      .filter((code) => !needed.includes(code))
      .map((code) => `${where}: rejections names ${code}, which the task never answers`),
  ];
}

function callProblems({ task, timeoutSeconds }: PlannedCall): string[] {
  if (Number.isInteger(timeoutSeconds) && timeoutSeconds >= 1) return [];
  return [`task ${task.name}: timeoutSeconds must be a whole number from 1, not ${timeoutSeconds}`];
}

function nameProblems({ steps, fence, close }: Saga): string[] {
  const calls = [...steps, ...steps.flatMap(({ undo }) => undo ?? []), fence, close].flatMap((call) => call ?? []);
  const names = calls.map(({ task }) => task.name);
  const fields = steps.flatMap(({ as }) => as ?? []);
  const twice = (all: readonly string[]): string[] => [...new Set(all.filter((one, at) => all.indexOf(one) !== at))];
  return [
    ...names
      .filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name))
      .map((name) => `task ${name}: a name must be in PascalCase, because its state and its function bear it`),
    ...twice(names).map((name) => `task ${name} is used twice: its state's name would not be unique`),
    ...twice(fields).map((field) => `as "${field}" is used twice`),
  ];
}

function documentProblems(document: StateMachineDocument): string[] {
  const names = Object.keys(document.States);
  const long = names.filter((name) => name.length > MAX_NAME_CHARACTERS);
  const bytes = Buffer.byteLength(JSON.stringify(document));
  return [
    ...long.map((name) => `state "${name}" has ${name.length} characters: ${MAX_NAME_CHARACTERS} is the limit`),
    ...(bytes <= MAX_DEFINITION_BYTES
      ? []
      : [`its definition has ${bytes} bytes: ${MAX_DEFINITION_BYTES} is the limit`]),
    ...unreachable(document).map((name) => `state "${name}" can never be reached`),
    ...timeProblems(document),
  ];
}

/** States that no way leads to from the start. */
function unreachable({ StartAt, States }: StateMachineDocument): string[] {
  const reached = new Set<string>();
  const waiting = [StartAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = States[name];
    if (state === undefined) throw new Error(`a way leads to the state "${name}", which does not exist`);
    if (reached.has(name)) continue;
    reached.add(name);
    waiting.push(...successors(state));
  }
  return Object.keys(States).filter((name) => !reached.has(name));
}

function timeProblems(document: StateMachineDocument): string[] {
  const seconds = worstCaseSeconds(document);
  if (seconds <= document.TimeoutSeconds) return [];
  const shares = Object.entries(document.States)
    .filter(([, { Type }]) => Type === "Task")
    .map(([name, state]) => `${name} ${stateSeconds(state)}`);
  return [
    `timeoutSeconds is ${document.TimeoutSeconds}, but at worst an execution takes ${seconds} s (${shares.join(", ")}): ` +
      "it would be cut off on its way back, so lower the tasks' timeoutSeconds or the attempts, or raise timeoutSeconds",
  ];
}
