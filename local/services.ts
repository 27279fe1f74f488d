import { ApiGatewayService } from "./apigateway/apiGatewayService";
import { Clock } from "./clock";
import { CloudWatchService } from "./cloudwatch/cloudWatchService";
import type { MetricId } from "./cloudwatch/metric";
import { DatabaseCalls } from "./cloudwatch/sources/databaseCalls";
import { type DatabaseOptions, DynamoDbService } from "./dynamodb/dynamoDbService";
import { NetworkService } from "./ec2/networkService";
import { Endpoint } from "./endpoint/endpoint";
import { ToldCalls } from "./endpoint/toldCalls";
import { EventBridgeService } from "./eventbridge/eventBridgeService";
import { CallFaults } from "./faults/callFaults";
import { Faults } from "./faults/faults";
import { faultyQueues, faultySender, faultyStreams } from "./faults/faultyDeliveries";
import { Feed } from "./feed";
import { demand, principalOf } from "./iam/access";
import { Authorizer } from "./iam/authorizer";
import { IamService } from "./iam/iamService";
import { accessKeyFor } from "./lambda/accessKey";
import { KeyService } from "./kms/keyService";
import { LambdaService } from "./lambda/lambdaService";
import { LogsService } from "./logs/logsService";
import { Meter } from "./meter/meter";
import { MeteredCalls } from "./meter/meteredCalls";
import { LocalProvider } from "./provider";
import { RdsService } from "./rds/rdsService";
import type { Cloud, Resource } from "./resource";
import { S3Service } from "./s3/s3Service";
import type { LocalService } from "./service";
import { SesService } from "./ses/sesService";
import { Inbox } from "./sns/inbox";
import { SnsService } from "./sns/snsService";
import { SqsService } from "./sqs/sqsService";
import { StepFunctionsService } from "./stepfunctions/stepFunctionsService";
import { WebAclService } from "./waf/webAclService";
import { TracingService } from "./xray/tracingService";

const ACCOUNT = "000000000000";
const FUNCTION = "aws:lambda/function:Function";

/** Takes a while to realise, and stands on no other resource. */
const STANDS_ALONE: ReadonlySet<string> = new Set(["aws:dynamodb/table:Table", "aws:apigateway/restApi:RestApi"]);

/** The stand-ins for AWS services, and what they share. */
export class Services {
  readonly clock: Clock;
  readonly feed = new Feed();
  /** What AWS would bill. */
  readonly meter = new Meter(this.feed);
  readonly faults = new Faults();
  readonly cloud: Cloud;
  /** Mail that the program sends. */
  readonly inbox: Inbox;
  private readonly endpoint = new Endpoint();
  private readonly ports = { api: 0, endpoint: 0 };
  readonly iam: IamService;
  private readonly logs: LogsService;
  private readonly sqs: SqsService;
  private readonly lambda: LambdaService;
  private readonly events: EventBridgeService;
  private readonly states: StepFunctionsService;
  private readonly api: ApiGatewayService;
  private readonly s3: S3Service;
  private readonly sns: SnsService;
  private readonly ses: SesService;
  private readonly cloudWatch: CloudWatchService;
  readonly authorizer = new Authorizer(ACCOUNT);
  private readonly network = new NetworkService();
  private readonly keys: KeyService;
  private readonly tracing = new TracingService();
  private readonly webAcls = new WebAclService();
  private readonly rds = new RdsService();
  private launching: Promise<DynamoDbService> | undefined;
  private database: DynamoDbService | undefined;
  private readonly early = new Map<string, Promise<void>>();

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
    const access = this.authorizer;
    this.iam = new IamService(cloud, access);
    const keys = (this.keys = new KeyService(cloud, access));
    const logs = (this.logs = new LogsService({ cloud, clock, feed, policies: access }));
    const sqs = (this.sqs = new SqsService({ cloud, clock, feed, policies: access }));
    const parts = { faults: this.faults, clock };
    const queues = faultyQueues(parts, sqs);
    const streams = faultyStreams(parts, { stream: (arn) => this.database?.stream(arn) });
    const invoker = (this.lambda = new LambdaService({ cloud, clock, feed, logs, queues, streams, access }));
    const sender = {
      send: faultySender(parts, (...message: Parameters<SqsService["send"]>) => sqs.send(...message)),
      has: (arn: string) => sqs.queueByArn(arn) !== undefined,
    };
    this.events = new EventBridgeService({
      ...{ cloud, clock, feed, logs, invoker, access },
      queues: sender,
      throttles: ({ detailType }) => this.faults.strikes("refuseEntry", detailType),
    });
    const inbox = (this.inbox = new Inbox({ clock, feed }));
    const sns = (this.sns = new SnsService({
      ...{ cloud, clock, feed, queues: sender, invoker, inbox, access, keys },
      throttles: (topicArn) => this.faults.strikes("refuseEntry", topicArn),
    }));
    this.cloudWatch = new CloudWatchService({
      ...{ cloud, clock, feed },
      queues: () => sqs.all(),
      publish: (topicArn, notification, sourceArn) =>
        void sns.publish(topicArn, notification, { kind: "service", service: "cloudwatch.amazonaws.com", sourceArn }),
    });
    this.ses = new SesService({ cloud, inbox });
    this.s3 = new S3Service({ cloud, clock, feed, access });
    this.states = new StepFunctionsService({ cloud, clock, feed, logs, invoker, access });
    const roles = () => this.iam.roles.map(({ arn }) => arn);
    this.api = new ApiGatewayService({ cloud, clock, feed, logs, invoker, access, roles });
  }

  /** Every metric that had data. */
  metrics(): readonly MetricId[] {
    return this.cloudWatch.store.all().map(({ metric }) => metric);
  }

  async listen(apiPort: number, endpointPort: number): Promise<void> {
    this.ports.api = await this.api.listen(apiPort, "127.0.0.1").catch(inUse(apiPort, "--port"));
    this.ports.endpoint = await this.endpoint.listen(endpointPort).catch(inUse(endpointPort, "--endpoint-port"));
    await this.rds.reserve();
  }

  async launchDatabase(options: DatabaseOptions = {}): Promise<void> {
    const { cloud, clock, feed, authorizer } = this;
    this.launching = DynamoDbService.launch({ cloud, clock, feed, policies: authorizer }, options);
    this.database = await this.launching;
  }

  databaseEnded(): Promise<string> {
    return Promise.race([this.database?.ended ?? new Promise<string>(() => undefined), this.rds.ended]);
  }

  provider(): LocalProvider {
    const kinds = [...this.services(), { kinds: DynamoDbService.kinds }].flatMap((service) => service.kinds);
    return new LocalProvider(this.cloud, kinds);
  }

  /** Gives a resource its stand-in while the program still runs, when it stands alone. What goes wrong, `realise` tells. */
  realiseEarly(resource: Resource): void {
    if (!STANDS_ALONE.has(resource.type)) return;
    const realised = Promise.resolve(this.launching).then(() => this.realiseOne(resource));
    realised.catch(() => undefined);
    this.early.set(resource.urn, realised);
  }

  /** Gives each resource its stand-in, in the program's order, opens the endpoint and lets things move. */
  async realise(resources: readonly Resource[]): Promise<void> {
    for (const resource of resources) await (this.early.get(resource.urn) ?? this.realiseOne(resource));
    const services = this.services();
    this.open(services, resources);
    for (const service of services) await service.start();
  }

  private async realiseOne(resource: Resource): Promise<void> {
    await this.services()
      .find(({ kinds }) => kinds.some(({ type }) => type === resource.type))
      ?.realise(resource);
  }

  private open(services: readonly LocalService[], resources: readonly Resource[]): void {
    const roles = new Map(this.iam.roles.map(({ arn }) => [accessKeyFor(arn), arn]));
    const functions = resources.filter(({ type }) => type === FUNCTION);
    const functionOf = new Map(functions.map(({ inputs, outputs }) => [inputs["role"], String(outputs["name"])]));
    const { clock, feed } = this;
    const faults = new CallFaults({
      faults: this.faults,
      clock,
      killCaller: (roleArn) => this.lambda.kill(functionOf.get(roleArn) ?? ""),
    });
    const measured = new DatabaseCalls({ clock, feed, faults: new MeteredCalls({ feed, faults }) });
    this.endpoint.open({
      services,
      forwarders: this.database === undefined ? [] : [this.database],
      restOperations: [this.lambda, this.ses, this.rds].flatMap(({ restOperations }) => restOperations),
      rawServices: [this.s3],
      roleOf: (accessKeyId) => roles.get(accessKeyId),
      sessionOf: (roleArn) => functionOf.get(roleArn),
      authorise: (caller, permissions) => {
        const principal = principalOf(caller);
        for (const permission of permissions) demand(this.authorizer, { principal, ...permission });
      },
      now: () => clock.now(),
      faults: new ToldCalls({ clock, feed, faults: measured }),
    });
  }

  /** Only of kinds that can be realised over what is there. */
  async deployAgain(resource: Resource): Promise<void> {
    const again = [this.states, this.api].find(({ kinds }) => kinds.some(({ type }) => type === resource.type));
    if (again === undefined) throw new Error(`${resource.name}: ${resource.type} cannot be deployed again here.`);
    await again.realise(resource);
  }

  retire(functionName: string): void {
    this.lambda.retire(functionName);
  }

  async prewarm(resources: readonly Resource[]): Promise<void> {
    for (const { type, outputs } of resources) {
      if (type === FUNCTION) await this.lambda.prewarm([String(outputs["name"])]);
    }
  }

  skipChanges(functionName: string): Promise<void> {
    return this.lambda.mappings.skipChanges(this.lambda.settingsOf(functionName).arn);
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
    const {
      iam,
      logs,
      sqs,
      sns,
      ses,
      cloudWatch,
      s3,
      network,
      keys,
      tracing,
      webAcls,
      rds,
      lambda,
      events,
      states,
      api,
      database,
    } = this;
    const own = [
      iam,
      logs,
      sqs,
      sns,
      ses,
      cloudWatch,
      s3,
      network,
      keys,
      tracing,
      webAcls,
      rds,
      lambda,
      events,
      states,
      api,
    ];
    return database === undefined ? own : [...own, database];
  }
}

function inUse(port: number, option: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${port} is in use: choose another with ${option}, or ${option} 0 for any free one.`);
  };
}
