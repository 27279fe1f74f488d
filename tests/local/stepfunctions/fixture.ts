import { AwsError } from "../../../local/awsError";
import { Clock } from "../../../local/clock";
import { Feed, type FeedEvents } from "../../../local/feed";
import type { InvocationResult } from "../../../local/invoker";
import type { Cloud } from "../../../local/resource";
import type { Call } from "../../../local/service";
import { StepFunctionsService } from "../../../local/stepfunctions/stepFunctionsService";

export const cloud: Cloud = {
  region: "eu-central-1",
  accountId: "123456789012",
  project: "shop",
  stack: "test",
  endpoint: "http://127.0.0.1:4566",
  apiUrl: "http://127.0.0.1:3000",
};

export const arnOf = (functionName: string): string =>
  `arn:aws:lambda:${cloud.region}:${cloud.accountId}:function:${functionName}`;

/** A function's error by its name. */
export class Thrown extends Error {
  constructor(
    readonly errorType: string,
    message = `${errorType} happened`,
  ) {
    super(message);
  }
}

/** Answers, throws Thrown (the function failed) or AwsError (it could not be called), or never answers. */
export type FakeFunction = (input: any, attempt: number) => unknown;

export const never = (): Promise<never> => new Promise(() => undefined);

export interface SyncAnswer {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly [field: string]: unknown;
}

export interface World {
  readonly service: StepFunctionsService;
  readonly clock: Clock;
  readonly machineArn: string;
  /** Names of the functions called, in order. */
  readonly calls: string[];
  readonly inputs: unknown[];
  /** When each call came, ms of the clock. */
  readonly timesMs: number[];
  readonly events: FeedEvents["execution"][];
  readonly lines: { readonly group: string; readonly stream: string; readonly line: any }[];
  readonly run: (input?: unknown, more?: Record<string, unknown>) => Promise<SyncAnswer>;
  readonly call: (operation: string, input: Record<string, unknown>, caller?: Partial<Call["caller"]>) => Promise<any>;
}

export interface Options {
  readonly functions?: Record<string, FakeFunction>;
  readonly inputs?: Record<string, unknown>;
  readonly random?: () => number;
  /** Of the clock while everything waits. Slow enough that a busy machine does not make timeouts pass. */
  readonly speed?: number;
}

/** A service with one state machine and functions that are made up. */
export async function world(
  definition: object,
  { functions = {}, inputs = {}, random = () => 1, speed = 200 }: Options = {},
): Promise<World> {
  const clock = new Clock(speed);
  const feed = new Feed();
  const seen = { calls: [] as string[], inputs: [] as unknown[], timesMs: [] as number[] };
  const events: FeedEvents["execution"][] = [];
  const lines: { group: string; stream: string; line: any }[] = [];
  feed.on("execution", (event) => events.push(event));
  const invoker = {
    async invoke(arn: string, payload: unknown): Promise<InvocationResult> {
      const name = arn.split(":").pop() ?? "";
      seen.calls.push(name);
      seen.inputs.push(payload);
      seen.timesMs.push(clock.now());
      // As the functions of the runtime do: they work until they answer, or wait for something.
      const release = clock.busy();
      try {
        const attempt = seen.calls.filter((call) => call === name).length;
        const answer = functions[name]?.(payload, attempt);
        if (!(answer instanceof Promise)) return { ok: true, payload: answer, requestId: "r" };
        release();
        return { ok: true, payload: await (answer as Promise<unknown>), requestId: "r" };
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        const { errorType, message } = error;
        return { ok: false, error: { errorType, errorMessage: message, trace: [] }, requestId: "r" };
      } finally {
        release();
      }
    },
  };
  const logs = {
    put: (group: string, stream: string, _timeMs: number, message: string) =>
      void lines.push({ group, stream, line: JSON.parse(message) }),
  };
  const service = new StepFunctionsService({ cloud, clock, feed, invoker, logs, random });
  const machineArn = await realise(service, definition, inputs);
  const call = async (
    operation: string,
    input: Record<string, unknown>,
    caller: Partial<Call["caller"]> = {},
  ): Promise<any> =>
    service.operations[operation]!(input, {
      action: `states:${operation}`,
      caller: { accessKeyId: "test", ...caller },
      signal: new AbortController().signal,
    });
  const run = async (input: unknown = {}, more: Record<string, unknown> = {}): Promise<SyncAnswer> =>
    call("StartSyncExecution", { stateMachineArn: machineArn, input: JSON.stringify(input), ...more });
  return { service, clock, machineArn, ...seen, events, lines, run, call };
}

/** Registers and realises a state machine as the engine does; answers its ARN. */
export async function realise(
  service: StepFunctionsService,
  definition: object | string,
  more: Record<string, unknown> = {},
): Promise<string> {
  const kind = service.kinds[0]!;
  const inputs = {
    definition: typeof definition === "string" ? definition : JSON.stringify(definition),
    roleArn: "arn:aws:iam::123456789012:role/machine",
    type: "EXPRESS",
    ...more,
  };
  const registered = { name: "machine", urn: "urn:machine", inputs, physicalName: "machine-1234567" };
  const outputs = kind.outputs(registered, cloud);
  await service.realise({
    ...registered,
    type: kind.type,
    custom: true,
    outputs: { ...inputs, ...outputs },
    dependencies: [],
    propertyDependencies: {},
    protect: false,
  });
  return outputs.id;
}

/** One Task that calls the function `Work`. */
export const workTask = (more: object = {}): object => ({
  StartAt: "Work",
  States: { Work: { Type: "Task", Resource: arnOf("Work"), End: true, ...more } },
});

export const throttled = (): never => {
  throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
};
