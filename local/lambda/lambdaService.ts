import { randomBytes, randomUUID } from "node:crypto";
import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import type { RestOperation } from "../endpoint/endpoint";
import type { Feed } from "../feed";
import { demand, type AccessControl, type Principal } from "../iam/access";
import type { InvocationResult, InvokeOptions, Invoker } from "../invoker";
import type { LogSink } from "../logs/logSink";
import type { Cloud, Resource, ResourceKind } from "../resource";
import type { LocalService } from "../service";
import { AsyncCalls } from "./asyncCalls";
import { CodeFolders } from "./codeFolders";
import type { QueueSource, StreamSource } from "./eventSources";
import { checkRequest, EVENT_LIMIT_BYTES, REQUEST_LIMIT_BYTES } from "./functionErrors";
import { functionKind, functionSettings, type FunctionSettings } from "./functionKind";
import { deploymentCall, expectSuccess, invocationKind, type DeploymentCall } from "./invocationKind";
import { mappingKind } from "./mappingKind";
import { Mappings } from "./mappings";
import {
  permissionKind,
  permits,
  readPermission,
  resourcePolicyOf,
  type Permission,
  type ServiceCaller,
} from "./permissionKind";
import { checkRole } from "./executionRole";
import { restOperations } from "./restOperations";
import { SpareTime } from "./spareTime";
import { WorkerPool, type Call } from "./workerPool";

export interface LambdaServiceOptions {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly logs: LogSink;
  readonly queues: QueueSource;
  readonly streams: StreamSource;
  /** Who may do what, and where the policies of functions go; absent, everybody may everything. */
  readonly access?: AccessControl;
  /** Processes a function, at most; one number for all or one for each name. Above 2 only where processors are idle. @default 4 */
  readonly maxWorkers?: number | ((functionName: string) => number);
  /** What tells whether processors are idle; by default this machine's. */
  readonly spareTime?: Pick<SpareTime, "share">;
  /** How long a process beyond two may go unused before it ends, in milliseconds. @default 60,000 */
  readonly unusedMs?: number;
}

/** A function and the processes that run it. */
interface Deployed {
  readonly settings: FunctionSettings;
  readonly pool: WorkerPool;
}

const INVOKE = "lambda:InvokeFunction";
const API_GATEWAY = "apigateway.amazonaws.com";

/** An ARN, `account:function:name` or a name, each with an optional version. */
const REFERENCE =
  /^(?:(?<arn>arn:[^:]+:lambda:[^:]+:\d{12}:function:)|\d{12}:function:)?(?<name>[\w-]+)(?::(?<version>\$LATEST|[\w-]+))?$/;

/**
 * AWS Lambda: runs each function in processes of its own, from the very files of its archive, with its environment and
 * nothing else of this machine's; feeds it from queues and streams.
 */
export class LambdaService implements LocalService, Invoker {
  readonly name = "lambda";
  readonly kinds: readonly ResourceKind[] = [functionKind, mappingKind, permissionKind, invocationKind];
  /** Empty: Lambda is called by path, see restOperations. */
  readonly targetPrefixes = [];
  readonly operations = {};
  readonly restOperations: readonly RestOperation[];
  readonly mappings: Mappings;
  private readonly functions = new Map<string, Deployed>();
  private readonly permissions: Permission[] = [];
  private readonly spareTime: Pick<SpareTime, "share">;
  private readonly folders = new CodeFolders();
  private readonly asyncCalls: AsyncCalls;
  private readonly deploymentCalls: DeploymentCall[] = [];
  private readonly killWithThisProcess = (): void => {
    for (const { pool } of this.functions.values()) pool.killNow();
    this.folders.remove();
  };

  constructor(private readonly options: LambdaServiceOptions) {
    this.spareTime = options.spareTime ?? new SpareTime();
    this.asyncCalls = new AsyncCalls(options);
    const settingsOf = (reference: string): FunctionSettings => this.settingsOf(reference);
    const processesOf = (reference: string): number => this.find(reference).pool.usualWorkers;
    this.mappings = new Mappings({ ...options, invoker: this, settingsOf, processesOf });
    this.restOperations = restOperations(this);
    process.once("exit", this.killWithThisProcess);
  }

  /** The functions that exist, in the program's order. */
  get functionSettings(): readonly FunctionSettings[] {
    return [...this.functions.values()].map(({ settings }) => settings);
  }

  async realise(resource: Resource): Promise<void> {
    switch (resource.type) {
      case functionKind.type:
        return this.deploy(resource);
      case mappingKind.type:
        return this.mappings.realise(resource);
      case permissionKind.type: {
        const permission = readPermission(resource);
        const { name, arn } = this.settingsOf(permission.functionName);
        this.permissions.push({ ...permission, functionName: name });
        const ofFunction = this.permissions.filter(({ functionName }) => functionName === name);
        return this.options.access?.attach(arn, resourcePolicyOf(arn, ofFunction));
      }
      case invocationKind.type:
        this.deploymentCalls.push(deploymentCall(resource));
        return;
      default:
        throw new Error(`${resource.name}: Lambda has no stand-in for ${resource.type}.`);
    }
  }

  /** Makes the calls of the deployment, one after the other, and throws when one fails; then lets mappings move. */
  async start(): Promise<void> {
    for (const call of this.deploymentCalls) expectSuccess(call, await this.invoke(call.functionName, call.input));
    await this.mappings.start();
  }

  async stop(): Promise<void> {
    this.mappings.stop();
    this.asyncCalls.stop();
    await Promise.all([...this.functions.values()].map(({ pool }) => pool.stop()));
    this.folders.remove();
    process.off("exit", this.killWithThisProcess);
  }

  /** Invocation type RequestResponse. Rejects with ResourceNotFound-, RequestTooLarge- or TooManyRequestsException. */
  async invoke(functionNameOrArn: string, payload: unknown, options: InvokeOptions = {}): Promise<InvocationResult> {
    return this.invokeText(functionNameOrArn, JSON.stringify(payload ?? null), options);
  }

  /** As {@link invoke}, with the payload as JSON text. */
  async invokeText(
    functionNameOrArn: string,
    payload: string,
    { traceHeader, principal }: InvokeOptions,
  ): Promise<InvocationResult> {
    const { pool, settings } = this.find(functionNameOrArn);
    this.demand(settings, principal);
    checkRequest(payload, REQUEST_LIMIT_BYTES);
    return pool.invoke(this.call({ payload, settings, traceHeader, reference: functionNameOrArn }));
  }

  /**
   * Invocation type Event: takes the call on and answers its request id at once. A call that fails is
   * repeated after one minute and after two, then dropped or sent to the function's dead-letter queue.
   */
  invokeLater(functionNameOrArn: string, payload: string, { traceHeader, principal }: InvokeOptions = {}): string {
    const { pool, settings } = this.find(functionNameOrArn);
    this.demand(settings, principal);
    checkRequest(payload, EVENT_LIMIT_BYTES);
    const call = this.call({ payload, settings, traceHeader, reference: functionNameOrArn });
    this.asyncCalls.accept({ requestId: call.requestId, payload, settings, attempt: () => pool.invoke(call) });
    return call.requestId;
  }

  /** The function of that name or ARN. Throws ResourceNotFoundException. */
  settingsOf(functionNameOrArn: string): FunctionSettings {
    return this.find(functionNameOrArn).settings;
  }

  /** How many calls at once are reserved for the function; absent when it shares the account's. */
  reservedConcurrencyOf(functionNameOrArn: string): number | undefined {
    return this.find(functionNameOrArn).pool.reservedConcurrency;
  }

  /** Reserves concurrency from the next call on; without a number the function shares the account's again. */
  reserveConcurrency(functionNameOrArn: string, concurrency?: number): void {
    this.find(functionNameOrArn).pool.reserve(concurrency);
  }

  /** Whether the function's resource policy lets a service invoke it for one of its resources. */
  permits(functionNameOrArn: string, caller: ServiceCaller): boolean {
    const { name, arn } = this.settingsOf(functionNameOrArn);
    const { access } = this.options;
    if (access !== undefined) {
      const principal = { kind: "service", service: caller.principal, sourceArn: caller.sourceArn } as const;
      return access.refusal({ principal, action: INVOKE, resource: arn }) === undefined;
    }
    return this.permissions.some((permission) => permission.functionName === name && permits(permission, caller));
  }

  /** Starts a process of each of these functions and waits until their handlers are loaded. */
  async prewarm(functionNames: readonly string[]): Promise<void> {
    await Promise.all(functionNames.map((name) => this.find(name).pool.prewarm()));
  }

  /** Ends the processes of the function that run no invocation. */
  retire(functionNameOrArn: string): void {
    this.find(functionNameOrArn).pool.retire();
  }

  /** Kills the processes that run the function now; answers how many. Their invocations end with Runtime.ExitError. */
  kill(functionNameOrArn: string): number {
    return this.find(functionNameOrArn).pool.killRunning();
  }

  private deploy(resource: Resource): void {
    const { cloud, clock, feed, logs, access, maxWorkers = 4 } = this.options;
    const physicalName = String(resource.outputs["name"] ?? resource.outputs["id"]);
    const settings = functionSettings({ ...resource, physicalName }, cloud);
    const { name } = settings;
    checkRole(settings, resource, this.options.access);
    if (this.functions.has(name)) throw new Error(`${resource.name}: there is already a function "${name}".`);
    const most = typeof maxWorkers === "number" ? maxWorkers : maxWorkers(name);
    if (!(most >= 1)) throw new RangeError(`maxWorkers of ${name} must be at least 1, not ${most}.`);
    const taskRoot = this.folders.write(name, settings.code);
    const isAwaited = (): boolean =>
      this.permissions.some(({ functionName, principal }) => functionName === name && principal === API_GATEWAY);
    const ours = { settings, taskRoot, maxWorkers: most, spareTime: this.spareTime, isAwaited };
    const pool = new WorkerPool({ ...ours, cloud, clock, feed, logs, access, unusedMs: this.options.unusedMs });
    this.functions.set(name, { settings, pool });
  }

  private demand({ arn }: FunctionSettings, principal: Principal | undefined): void {
    if (principal !== undefined) demand(this.options.access, { principal, action: INVOKE, resource: arn });
  }

  private find(reference: string): Deployed {
    const { arn, name, version = "$LATEST" } = REFERENCE.exec(reference)?.groups ?? {};
    const deployed = name === undefined ? undefined : this.functions.get(name);
    const known =
      deployed !== undefined &&
      (arn === undefined || deployed.settings.arn === `${arn}${name}`) &&
      (version === "$LATEST" || (version === "1" && deployed.settings.published));
    if (!known) throw new AwsError("ResourceNotFoundException", `Function not found: ${reference}`, 404);
    return deployed;
  }

  private call({ payload, settings, traceHeader, reference }: CallParts): Call {
    const { version } = REFERENCE.exec(reference)?.groups ?? {};
    return {
      requestId: randomUUID(),
      payload,
      traceHeader: traceHeader ?? newTraceHeader(this.options.clock),
      functionArn: version === undefined ? settings.arn : `${settings.arn}:${version}`,
    };
  }
}

interface CallParts {
  readonly payload: string;
  readonly settings: FunctionSettings;
  readonly traceHeader: string | undefined;
  readonly reference: string;
}

/** Not sampled: nothing here records traces. https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function newTraceHeader(clock: Clock): string {
  const seconds = Math.floor(clock.now() / 1000).toString(16);
  const [root, parent] = [randomBytes(12).toString("hex"), randomBytes(8).toString("hex")];
  return `Root=1-${seconds}-${root};Parent=${parent};Sampled=0`;
}
