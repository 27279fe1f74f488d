import { successors, type Retrier, type State, type StateMachineDocument } from "./document";

/**
 * Seconds that an execution takes at worst: every attempt of every task takes its full timeout, every
 * pause between attempts is as long as it can be, and the way through the states is the longest one.
 * A machine without loops only, which is what sagas render to.
 */
export function worstCaseSeconds({ StartAt, States }: StateMachineDocument<unknown>): number {
  const known = new Map<string, number>();
  const from = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const state = States[name];
    if (state === undefined) throw new Error(`state "${name}" does not exist`);
    const seconds = stateSeconds(state) + Math.max(0, ...successors(state).map(from));
    known.set(name, seconds);
    return seconds;
  };
  return from(StartAt);
}

/** Seconds that one state takes at worst. Each retrier counts its own attempts, so their worst cases add up. */
export function stateSeconds(state: State<unknown>): number {
  if (state.Type !== "Task") return 0;
  const retries = state.Retry.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
  const pauses = state.Retry.reduce((sum, retrier) => sum + longestPauses(retrier), 0);
  return (1 + retries) * state.TimeoutSeconds + pauses;
}

function longestPauses(retrier: Retrier): number {
  const { MaxAttempts, IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity } = retrier;
  let sum = 0;
  for (let retry = 0; retry < MaxAttempts; retry++)
    sum += Math.min(IntervalSeconds * BackoffRate ** retry, MaxDelaySeconds);
  return sum;
}
