import { randomUUID } from "node:crypto";
import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { Access, Permission } from "../iam/access";
import type { Invoker } from "../invoker";
import type { LogSink } from "../logs/logSink";
import type { Cloud, Resource } from "../resource";
import type { Call, LocalService, Operation } from "../service";
import { Execution, type Outcome } from "./execution";
import { actingAs, checkRole, traced } from "./executionRole";
import { History } from "./history";
import { readRequest, startRequest, statesArn, type StartRequest } from "./requests";
import { contextObject, readStateMachine, type StateMachine } from "./stateMachine";
import { stateMachineKind } from "./stateMachineKind";
import { syncAnswer } from "./syncAnswer";
import { WaitingCallers } from "./waitingCallers";

/** What the stand-in for Step Functions needs of the runtime. */
export interface StepFunctionsOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly invoker: Invoker;
  readonly logs: LogSink;
  /** Who may do what; absent, every state machine may everything. */
  readonly access?: Access;
  /** A number from 0 up to 1, for the jitter of retries. @default Math.random */
  readonly random?: () => number;
}

/** An execution that has begun. */
interface Begun {
  readonly executionArn: string;
  readonly name: string;
  readonly inputText: string;
  readonly startedMs: number;
  readonly ended: Promise<Outcome>;
}

/**
 * The stand-in for Step Functions Express: runs state machines, forgets executions when they end, and writes
 * their histories to the log group that the state machine names. A name may be used again at any time, also
 * twice at once: Express executions are not deduplicated.
 * https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
 */
export class StepFunctionsService implements LocalService {
  readonly name = "states";
  readonly kinds = [stateMachineKind];
  readonly targetPrefixes = ["AWSStepFunctions"];
  readonly operations: Readonly<Record<string, Operation>> = {
    StartSyncExecution: (input, call) => this.startSyncExecution(input, call),
    StartExecution: async (input) => this.startExecution(input),
    DescribeStateMachine: async (input) => this.describeStateMachine(input),
    ListStateMachines: async (input) => this.listStateMachines(input),
    ListExecutions: async (input) => this.listExecutions(input),
    DescribeExecution: async (input) => refuseExecution(input),
    GetExecutionHistory: async (input) => refuseExecution(input),
    StopExecution: async (input) => refuseExecution(input),
  };

  private readonly machines = new Map<string, StateMachine>();
  private readonly running = new Map<Execution, Promise<Outcome>>();
  private readonly waiting: WaitingCallers;

  constructor(private readonly options: StepFunctionsOptions) {
    this.waiting = new WaitingCallers(options.clock);
  }

  async realise(resource: Resource): Promise<void> {
    const machine = readStateMachine(resource);
    checkRole(machine, resource.name, this.options.access);
    this.machines.set(machine.arn, machine);
  }

  permissionsFor(operation: string, { stateMachineArn, executionArn }: Record<string, unknown>): readonly Permission[] {
    const resource = [stateMachineArn, executionArn].find((arn) => typeof arn === "string");
    return [{ action: `states:${operation}`, resource: typeof resource === "string" ? resource : "*" }];
  }

  async start(): Promise<void> {
    // Executions begin only when somebody asks for one.
  }

  async stop(): Promise<void> {
    for (const execution of this.running.keys()) execution.stop();
    await Promise.all(this.running.values());
  }

  private async startSyncExecution(input: Record<string, unknown>, call: Call): Promise<object> {
    const request = readRequest(input, "stateMachineArn", "name", "input", "traceHeader", "includedData");
    const machine = this.machine(statesArn(request, "stateMachineArn", "stateMachine"));
    const begun = this.begin(machine, startRequest(request));
    const outcome = await this.waiting.during(call.caller, () => begun.ended);
    const withData = request.optionalText("includedData") !== "METADATA_ONLY";
    const endedMs = Math.ceil(this.options.clock.now());
    return syncAnswer({ ...begun, stateMachineArn: machine.arn, outcome, endedMs, withData });
  }

  private startExecution(input: Record<string, unknown>): object {
    const request = readRequest(input, "stateMachineArn", "name", "input", "traceHeader");
    const machine = this.machine(statesArn(request, "stateMachineArn", "stateMachine"));
    const { executionArn, startedMs } = this.begin(machine, startRequest(request));
    return { executionArn, startDate: startedMs / 1000 };
  }

  private describeStateMachine(input: Record<string, unknown>): object {
    const request = readRequest(input, "stateMachineArn", "includedData");
    const machine = this.machine(statesArn(request, "stateMachineArn", "stateMachine"));
    const { level, includeExecutionData, group } = machine.logging;
    const { region, accountId } = this.options.cloud;
    const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:${group ?? ""}:*`;
    return {
      ...summary(machine),
      status: "ACTIVE",
      definition: machine.definitionText,
      roleArn: machine.roleArn,
      loggingConfiguration: {
        level,
        includeExecutionData,
        ...(group === undefined ? {} : { destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] }),
      },
    };
  }

  private listStateMachines(input: Record<string, unknown>): object {
    const request = readRequest(input, "maxResults", "nextToken");
    const pageSize = request.optionalInteger("maxResults", { min: 0, max: 1000 }) || 100;
    const from = Number(request.optionalText("nextToken") ?? "0");
    if (!Number.isInteger(from) || from < 0) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
    const all = [...this.machines.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const next = from + pageSize;
    return {
      stateMachines: all.slice(from, next).map(summary),
      ...(next < all.length ? { nextToken: String(next) } : {}),
    };
  }

  private listExecutions(input: Record<string, unknown>): object {
    const request = readRequest(
      input,
      "stateMachineArn",
      "statusFilter",
      "maxResults",
      "nextToken",
      "mapRunArn",
      "redriveFilter",
    );
    const { arn } = this.machine(statesArn(request, "stateMachineArn", "stateMachine"));
    throw new AwsError(
      "StateMachineTypeNotSupported",
      `This operation is not supported by this type of state machine: '${arn}'`,
    );
  }

  private machine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (machine === undefined) throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  private begin(machine: StateMachine, { name = randomUUID(), input }: StartRequest): Begun {
    const { cloud, clock, invoker, random = Math.random } = this.options;
    const executionArn = `arn:aws:states:${cloud.region}:${cloud.accountId}:express:${machine.name}:${name}:${randomUUID()}`;
    const startedMs = Math.floor(clock.now());
    traced(machine, this.options);
    const execution = new Execution(
      {
        definition: machine.definition,
        input: input.value,
        roleArn: machine.roleArn,
        context: contextObject(machine, { executionArn, name, input: input.value, startedMs }),
      },
      { clock, invoker, principal: actingAs(machine), random, history: this.history(machine, executionArn, name) },
    );
    const ended = execution.run().finally(() => this.running.delete(execution));
    this.running.set(execution, ended);
    return { executionArn, name, inputText: input.text, startedMs, ended };
  }

  private history(machine: StateMachine, executionArn: string, name: string): History {
    const { clock, feed, logs } = this.options;
    const minute = new Date(clock.now()).toISOString().slice(0, 16).replaceAll(/[T:]/g, "-");
    const stream = `states/${machine.name}/${minute}/00000000`;
    const nowMs = (): number => clock.now();
    return new History({ feed, logs, nowMs, logging: machine.logging, stream, executionArn, name });
  }
}

const summary = ({ arn, name, creationMs }: StateMachine): object => ({
  stateMachineArn: arn,
  name,
  type: "EXPRESS",
  creationDate: creationMs / 1000,
});

/**
 * What describes one execution is for Standard workflows: the ARN of an Express execution is of a type that
 * these operations do not know. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
function refuseExecution(input: Record<string, unknown>): never {
  const arn = statesArn(readRequest(input, ...Object.keys(input)), "executionArn", "execution");
  throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}
