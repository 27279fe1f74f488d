/**
 * The contract of one remote operation: what it takes, what it answers, and which business
 * rejections it may answer with instead. A contract carries no code: the saga, the handler and the
 * component agree through it without importing one another.
 */
export interface Task<In, Out, Code extends string = never> {
  /** Name of the operation, in PascalCase; also the name of its state in the state machine. */
  readonly name: string;
  readonly rejections: readonly Code[];
  /** Never set at run time; carries the input and output types to the compiler. */
  readonly types?: { readonly input: In; readonly output: Out };
}

/** A contract without rejections, and the one method that adds them. */
export interface BareTask<In, Out> extends Task<In, Out> {
  /** Names the business answers, other than `Out`, that a caller must be ready for. */
  rejecting<const Code extends string>(...codes: Code[]): Task<In, Out, Code>;
}

export function task<In, Out>(name: string): BareTask<In, Out> {
  return { name, rejections: [], rejecting: (...rejections) => ({ name, rejections }) };
}

/**
 * A business "no". Handlers *return* rejections and *throw* faults: a rejection promises that the
 * operation had no effect, a thrown fault promises nothing.
 */
export class Rejection<Code extends string> {
  constructor(
    readonly code: Code,
    /** A sentence for people: what was refused and why. It reaches the customer as the order's failure reason. */
    readonly reason: string,
  ) {}
}

export type InputOf<T> = T extends Task<infer In, unknown, string> ? In : never;
export type OutputOf<T> = T extends Task<never, infer Out, string> ? Out : never;

/** A function that fulfils a contract. */
export type HandlerOf<T> =
  T extends Task<infer In, infer Out, infer Code> ? (input: In) => Promise<Out | Rejection<Code>> : never;
