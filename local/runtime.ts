import { join } from "node:path";
import { ApiGatewayService } from "./apigateway/apiGatewayService";
import { Clock } from "./clock";
import { DynamoDbService } from "./dynamodb/dynamoDbService";
import { Endpoint } from "./endpoint/endpoint";
import { readConfiguration } from "./engine/configuration";
import { runProgram, type ProgramResult } from "./engine/program";
import { EventBridgeService } from "./eventbridge/eventBridgeService";
import { Feed } from "./feed";
import { IamService } from "./iam/iamService";
import { accessKeyFor } from "./lambda/accessKey";
import { LambdaService } from "./lambda/lambdaService";
import { LogsService } from "./logs/logsService";
import { LocalProvider } from "./provider";
import type { Cloud, Resource } from "./resource";
import type { LocalService } from "./service";
import { SqsService } from "./sqs/sqsService";
import { StepFunctionsService } from "./stepfunctions/stepFunctionsService";

export interface RuntimeOptions {
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
  /** How many seconds of the runtime's clock pass per second while everything waits. @default 1 */
  readonly speed?: number;
  /** Gives up starting when aborted. */
  readonly signal?: AbortSignal;
}

const ACCOUNT = "000000000000";

/**
 * A Pulumi program, run and realised on this machine. `start` executes the program, gives every
 * resource that it registers a stand-in, and lets things move; `stop` ends all that was started.
 */
export class LocalRuntime {
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly parts: Parts,
    private readonly program: ProgramResult,
  ) {}

  static async start(options: RuntimeOptions): Promise<LocalRuntime> {
    const { folder, stack = "dev", settings = [] } = options;
    const { project, config, secretKeys } = readConfiguration(folder, stack, settings);
    const parts = new Parts(project, stack, config["aws:region"] ?? "us-east-1", options.speed ?? 1);
    try {
      await parts.listen(options.apiPort ?? 0, options.endpointPort ?? 0);
      const order = { program: join(folder, options.program ?? "index.ts"), project, stack, config, secretKeys };
      const [program] = await Promise.all([
        runProgram(order, parts.provider(), options.signal),
        parts.launchDatabase(),
      ]);
      options.signal?.throwIfAborted();
      await parts.realise(program.resources);
      return new LocalRuntime(parts, program);
    } catch (error) {
      await parts.stop();
      throw error;
    }
  }

  get clock(): Clock {
    return this.parts.clock;
  }

  get feed(): Feed {
    return this.parts.feed;
  }

  get cloud(): Cloud {
    return this.parts.cloud;
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
    return this.parts.databaseEnded();
  }

  /** Ends everything that was started, within about two seconds. */
  stop(): Promise<void> {
    return (this.stopping ??= this.parts.stop());
  }
}

/** The services and what they share. */
class Parts {
  readonly clock: Clock;
  readonly feed = new Feed();
  readonly cloud: Cloud;
  private readonly endpoint = new Endpoint();
  private readonly ports = { api: 0, endpoint: 0 };
  private readonly iam: IamService;
  private readonly logs: LogsService;
  private readonly sqs: SqsService;
  private readonly lambda: LambdaService;
  private readonly events: EventBridgeService;
  private readonly states: StepFunctionsService;
  private readonly api: ApiGatewayService;
  private launching: Promise<DynamoDbService> | undefined;
  private database: DynamoDbService | undefined;

  constructor(project: string, stack: string, region: string, speed: number) {
    const { ports, feed } = this;
    const clock = (this.clock = new Clock(speed));
    const cloud = (this.cloud = {
      region,
      accountId: ACCOUNT,
      project,
      stack,
      get endpoint() {
        return `http://127.0.0.1:${ports.endpoint}`;
      },
      get apiUrl() {
        return `http://127.0.0.1:${ports.api}`;
      },
    });
    this.iam = new IamService(cloud);
    const logs = (this.logs = new LogsService({ cloud, clock, feed }));
    const queues = (this.sqs = new SqsService({ cloud, clock, feed }));
    const streams = { stream: (arn: string) => this.database?.stream(arn) };
    const invoker = (this.lambda = new LambdaService({ cloud, clock, feed, logs, queues, streams }));
    this.events = new EventBridgeService({ cloud, clock, feed, logs, queues, invoker });
    this.states = new StepFunctionsService({ cloud, clock, feed, logs, invoker });
    this.api = new ApiGatewayService({ cloud, clock, feed, logs, invoker });
  }

  async listen(apiPort: number, endpointPort: number): Promise<void> {
    this.ports.api = await this.api.listen(apiPort, "127.0.0.1").catch(inUse(apiPort, "--port"));
    this.ports.endpoint = await this.endpoint.listen(endpointPort).catch(inUse(endpointPort, "--endpoint-port"));
  }

  async launchDatabase(): Promise<void> {
    this.launching = DynamoDbService.launch(this.cloud, this.clock);
    this.database = await this.launching;
  }

  databaseEnded(): Promise<string> {
    return this.database?.ended ?? new Promise(() => undefined);
  }

  provider(): LocalProvider {
    const kinds = [...this.services(), { kinds: DynamoDbService.kinds }].flatMap((service) => service.kinds);
    return new LocalProvider(this.cloud, kinds);
  }

  /** Gives each resource its stand-in, in the program's order, opens the endpoint and lets things move. */
  async realise(resources: readonly Resource[]): Promise<void> {
    const services = this.services();
    const byType = new Map(services.flatMap((service) => service.kinds.map(({ type }) => [type, service] as const)));
    for (const resource of resources) await byType.get(resource.type)?.realise(resource);
    const roles = new Map(this.iam.roles.map(({ arn }) => [accessKeyFor(arn), arn]));
    this.endpoint.open({
      services,
      forwarders: this.database === undefined ? [] : [this.database],
      restOperations: this.lambda.restOperations,
      roleOf: (accessKeyId) => roles.get(accessKeyId),
    });
    for (const service of services) await service.start();
  }

  /** What takes work in stops first, the database that all stand on last. */
  async stop(): Promise<void> {
    await Promise.allSettled([this.api.close(), this.endpoint.close()]);
    // A start that failed elsewhere may have left the database half launched.
    await this.launching?.catch(() => undefined);
    await Promise.allSettled(this.services().map((service) => service.stop()));
    this.clock.stop();
  }

  private services(): LocalService[] {
    const { iam, logs, sqs, lambda, events, states, api, database } = this;
    return [iam, logs, sqs, lambda, events, states, api, ...(database === undefined ? [] : [database])];
  }
}

function inUse(port: number, option: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${port} is in use: choose another with ${option}, or ${option} 0 for any free one.`);
  };
}
