import { join } from "node:path";
import type { Clock } from "./clock";
import type { DatabaseOptions } from "./dynamodb/dynamoDbService";
import { readConfiguration } from "./engine/configuration";
import { runProgram, type ProgramResult } from "./engine/program";
import type { Faults } from "./faults/faults";
import type { Feed } from "./feed";
import type { Meter } from "./meter/meter";
import { monthlyItems, type MonthlyItem } from "./meter/monthly";
import type { IamService } from "./iam/iamService";
import { writeUsage } from "./iam/usageFile";
import type { Cloud, Resource } from "./resource";
import { Services } from "./services";
import type { Inbox } from "./sns/inbox";

export interface RuntimeOptions extends DatabaseOptions {
  /** The folder with Pulumi.yaml and the program. */
  readonly folder: string;
  /** @default "index.ts" */
  readonly program?: string;
  /** Which Pulumi.STACK.yaml; @default "dev" */
  readonly stack?: string;
  /** Settings for this run, as `KEY=VALUE`. */
  readonly settings?: readonly string[];
  /** Port of the API; 0 takes any free one. @default 0 */
  readonly apiPort?: number;
  /** Port of the AWS endpoint; 0 takes any free one. @default 0 */
  readonly endpointPort?: number;
  /** How many seconds of the runtime's clock pass per second while everything waits; Infinity: no wait at all. @default 1 */
  readonly speed?: number;
  /** A folder that gets a file about what was done by which permission, once the runtime stops. @default none */
  readonly usageFolder?: string | undefined;
  /** Gives up starting when aborted. */
  readonly signal?: AbortSignal;
}

/**
 * A Pulumi program, run and realised on this machine. `start` executes the program, gives every
 * resource that it registers a stand-in, and lets things move; `stop` ends all that was started.
 */
export class LocalRuntime {
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly services: Services,
    private readonly program: ProgramResult,
    private readonly usageFolder: string | undefined,
    /** Every setting of this run by its full name (`orderflow:currency`), defaults included. */
    readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async start(options: RuntimeOptions): Promise<LocalRuntime> {
    const { folder, stack = "dev", settings = [] } = options;
    const { project, config, secretKeys } = readConfiguration(folder, stack, settings);
    const services = new Services(project, stack, config["aws:region"] ?? "us-east-1", options.speed ?? 1);
    try {
      await services.listen(options.apiPort ?? 0, options.endpointPort ?? 0);
      const order = { program: join(folder, options.program ?? "index.ts"), project, stack, config, secretKeys };
      const launched = services.launchDatabase(options);
      const registered = (resource: Resource): void => services.realiseEarly(resource);
      const [program] = await Promise.all([
        runProgram(order, services.provider(), { registered, signal: options.signal }),
        launched,
      ]);
      options.signal?.throwIfAborted();
      await services.realise(program.resources);
      return new LocalRuntime(services, program, options.usageFolder, config);
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  get clock(): Clock {
    return this.services.clock;
  }

  get feed(): Feed {
    return this.services.feed;
  }

  /** What AWS would bill for what has happened so far. */
  get meter(): Meter {
    return this.services.meter;
  }

  /** What AWS would bill by the month, whatever happens. Of the program's own metrics, those that had data so far. */
  monthlyItems(): readonly MonthlyItem[] {
    return monthlyItems(this.resources, this.services.metrics());
  }

  get cloud(): Cloud {
    return this.services.cloud;
  }

  /** Mail that the program has sent, to customers and operators alike. */
  get inbox(): Inbox {
    return this.services.inbox;
  }

  /** What goes wrong in this runtime: nothing, until a plan is set. */
  get faults(): Faults {
    return this.services.faults;
  }

  /** The roles, whose policies can be changed while everything runs, and what was done by them. */
  get iam(): IamService {
    return this.services.iam;
  }

  /** Realises a state machine or API Gateway's account once more, as an update does; rejects as AWS would refuse it. */
  deployAgain(resource: Resource): Promise<void> {
    return this.services.deployAgain(resource);
  }

  /** Ends the processes of a function that do nothing now, so that the next call starts a new one. */
  retire(functionName: string): void {
    this.services.retire(functionName);
  }

  get resources(): readonly Resource[] {
    return this.program.resources;
  }

  /** The stack's outputs, secrets included. */
  get outputs(): Readonly<Record<string, unknown>> {
    return this.program.outputs;
  }

  get secretOutputs(): readonly string[] {
    return this.program.secretOutputs;
  }

  /** Settles with the reason when something that the runtime stands on ends by itself. */
  get ended(): Promise<string> {
    return this.services.databaseEnded();
  }

  /** Starts a process for each function, in the program's order, so that first calls need not wait for one. */
  prewarm(): Promise<void> {
    return this.services.prewarm(this.program.resources);
  }

  /**
   * Lets a function that reads a stream, and rests, go on behind all that has changed meanwhile: as on AWS one whose
   * mapping is made anew with starting position LATEST.
   */
  skipChanges(functionName: string): Promise<void> {
    return this.services.skipChanges(functionName);
  }

  /** Ends everything that was started, within about two seconds. */
  stop(): Promise<void> {
    return (this.stopping ??= this.services.stop().finally(() => {
      if (this.usageFolder !== undefined) writeUsage(this.usageFolder, this.iam.usage);
    }));
  }
}
