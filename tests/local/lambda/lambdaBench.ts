import { Clock } from "../../../local/clock";
import { Feed, type FeedEvents } from "../../../local/feed";
import { LambdaService, type LambdaServiceOptions } from "../../../local/lambda/lambdaService";
import type { Cloud, Resource } from "../../../local/resource";

export const cloud: Cloud = {
  region: "eu-central-1",
  accountId: "000000000000",
  project: "bench",
  stack: "test",
  endpoint: "http://127.0.0.1:4566",
  apiUrl: "http://127.0.0.1:3000",
};

export const roleArn = "arn:aws:iam::000000000000:role/bench";

/** A Lambda service with everything around it that tests look at. Stop it in the end. */
export class LambdaBench {
  readonly clock: Clock;
  readonly feed = new Feed();
  readonly lines: { readonly group: string; readonly stream: string; readonly message: string }[] = [];
  readonly troubles: string[] = [];
  readonly invocations: FeedEvents["invocation"][] = [];
  readonly lambda: LambdaService;

  constructor(options: Partial<LambdaServiceOptions> & { readonly speed?: number } = {}) {
    const { speed = 1, clock = new Clock(speed), ...others } = options;
    this.clock = clock;
    this.feed.on("trouble", ({ message }) => this.troubles.push(message));
    this.feed.on("invocation", (invocation) => this.invocations.push(invocation));
    this.lambda = new LambdaService({
      cloud,
      clock,
      feed: this.feed,
      logs: { put: (group, stream, _timeMs, message) => this.lines.push({ group, stream, message }) },
      queues: { queue: () => undefined },
      streams: { stream: () => undefined },
      ...others,
    });
  }

  get messages(): readonly string[] {
    return this.lines.map(({ message }) => message);
  }

  /** A function whose index.js is the given text. */
  async deploy(name: string, code: string, inputs: Record<string, unknown> = {}): Promise<void> {
    await this.realise("aws:lambda/function:Function", name, {
      name,
      handler: "index.handler",
      runtime: "nodejs24.x",
      role: roleArn,
      code: { files: { "index.js": code } },
      ...inputs,
    });
  }

  /** A resource as the engine would hand it over. */
  async realise(type: string, name: string, inputs: Record<string, unknown>): Promise<Resource> {
    const kind = this.lambda.kinds.find((candidate) => candidate.type === type);
    if (kind === undefined) throw new Error(`no kind ${type}`);
    const urn = `urn:pulumi:test::bench::${type}::${name}`;
    const outputs = { ...inputs, ...kind.outputs({ name, urn, inputs, physicalName: `${name}-1234567` }, cloud) };
    const resource: Resource = {
      ...{ urn, type, name, custom: true, inputs, outputs },
      ...{ dependencies: [], propertyDependencies: {}, protect: false },
    };
    await this.lambda.realise(resource);
    return resource;
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    this.clock.stop();
  }
}
