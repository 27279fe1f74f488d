import type { Permission } from "./iam/access";
import type { Resource, ResourceKind } from "./resource";

/** Who signed a call. */
export interface Caller {
  readonly accessKeyId: string;
  /** The role of the function, rule or state machine that calls; absent for a caller from outside. */
  readonly roleArn?: string;
  /** How the role's bearer calls itself: a function by its name. */
  readonly session?: string;
  /** The trace header that the call carries: the same for all calls of one invocation of a function. */
  readonly trace?: string;
}

/** What an operation knows of a call beside its input. */
export interface Call {
  /** For example `sqs:SendMessage`. */
  readonly action: string;
  readonly caller: Caller;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** One API operation: takes the parsed request, answers the parsed response, throws AwsError. */
export type Operation = (input: Record<string, unknown>, call: Call) => Promise<object>;

/**
 * The stand-in for one AWS service. The runtime hands it the resources of its kinds in the order in
 * which the program created them, then opens the endpoint, then calls `start`.
 */
export interface LocalService {
  /** Signing name, for example `sqs`; the first part of IAM actions. */
  readonly name: string;
  readonly kinds: readonly ResourceKind[];
  realise(resource: Resource): Promise<void>;
  /** The prefixes of `X-Amz-Target`, for example `AmazonSQS`. */
  readonly targetPrefixes: readonly string[];
  /** Operations by name. An operation that is absent is answered with UnknownOperationException and its name. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What an operation needs to be allowed. Absent, the action of the operation's name on nothing in particular, `*`. */
  permissionsFor?(operation: string, input: Record<string, unknown>): readonly Permission[];
  /** Begins to move things on its own: polls, schedules. Nothing moves before every service is realised. */
  start(): Promise<void>;
  /** Stops moving and settles what is in flight. Must finish within a second. */
  stop(): Promise<void>;
}
