import type { Clock } from "../clock";
import type { Feed } from "../feed";
import type { AccessControl } from "../iam/access";
import type { Invoker } from "../invoker";
import type { Cloud, Resource } from "../resource";
import type { QueueSource, StreamSource } from "./eventSources";
import type { FunctionSettings } from "./functionKind";
import { mappingSettings, type QueueMappingSettings, type StreamMappingSettings } from "./mappingKind";
import { checkConsumer, consumedQueue, consumedStream, permittedQueues } from "./permittedSources";
import { QueueMapping } from "./queueMapping";
import { refusal } from "./readInputs";
import { StreamMapping } from "./streamMapping";

export interface MappingsParts {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly queues: QueueSource;
  readonly streams: StreamSource;
  readonly invoker: Invoker;
  readonly access?: AccessControl;
  /** The function of that name or ARN. Throws ResourceNotFoundException. */
  settingsOf(functionNameOrArn: string): FunctionSettings;
  /** How many processes the function can have: more batches at once would only wait for one, received and hidden. */
  processesOf(functionNameOrArn: string): number;
}

/** A mapping that moves things, or rests. */
export interface Mapping {
  readonly settings: QueueMappingSettings | StreamMappingSettings;
  readonly functionArn: string;
  readonly mover: QueueMapping | StreamMapping;
  /** Whether it is to move things once the runtime has started. */
  wanted: boolean;
}

/** The event source mappings of all functions. */
export class Mappings {
  private readonly byUuid = new Map<string, Mapping>();
  private started = false;

  constructor(private readonly parts: MappingsParts) {}

  get all(): readonly Mapping[] {
    return [...this.byUuid.values()];
  }

  find(uuid: string): Mapping | undefined {
    return this.byUuid.get(uuid);
  }

  /** Throws when the function or the source does not exist, or when they do not go together. */
  realise(resource: Resource): void {
    const settings = mappingSettings(resource);
    const target = this.parts.settingsOf(settings.functionName);
    const mover =
      settings.kind === "queue"
        ? this.queueMapping(resource, settings, target)
        : this.streamMapping(resource, settings, target);
    const mapping = { settings, functionArn: target.arn, mover, wanted: settings.enabled };
    this.byUuid.set(settings.uuid, mapping);
  }

  async start(): Promise<void> {
    this.started = true;
    for (const mapping of this.all) await this.switch(mapping, mapping.wanted);
  }

  stop(): void {
    for (const { mover } of this.all) mover.stop();
  }

  /** Lets a mapping move things, or rest. Before the runtime has started it only notes what is wanted. */
  async switch(mapping: Mapping, wanted: boolean): Promise<void> {
    mapping.wanted = wanted;
    if (!this.started) return;
    if (wanted) await mapping.mover.start();
    else mapping.mover.stop();
  }

  /** Sets the stream mappings of a function behind all that has changed so far. They must rest. */
  async skipChanges(functionArn: string): Promise<void> {
    for (const mapping of this.all) {
      if (mapping.functionArn === functionArn && mapping.mover instanceof StreamMapping) await mapping.mover.skip();
    }
  }

  private queueMapping(resource: Resource, settings: QueueMappingSettings, target: FunctionSettings): QueueMapping {
    const { cloud, clock, feed, queues, invoker, access } = this.parts;
    const queue = queues.queue(settings.eventSourceArn);
    if (queue === undefined) throw refusal(resource, `eventSourceArn: there is no queue ${settings.eventSourceArn}`);
    checkConsumer(resource, { target, access, eventSourceArn: settings.eventSourceArn });
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    if (target.timeoutSeconds > queue.visibilityTimeoutSeconds) {
      throw refusal(
        resource,
        `the queue's visibility timeout (${queue.visibilityTimeoutSeconds} s) is less than ` +
          `the timeout of the function "${target.name}" (${target.timeoutSeconds} s)`,
      );
    }
    const batches = Math.min(settings.maximumConcurrency, this.parts.processesOf(target.name));
    return new QueueMapping({
      settings: { ...settings, maximumConcurrency: batches },
      queue: consumedQueue(queue, { target, access, feed }),
      invoker,
      region: cloud.region,
      clock,
      feed,
    });
  }

  private streamMapping(resource: Resource, settings: StreamMappingSettings, target: FunctionSettings): StreamMapping {
    const { clock, feed, queues, streams, invoker, access } = this.parts;
    const stream = streams.stream(settings.eventSourceArn);
    if (stream === undefined) throw refusal(resource, `eventSourceArn: there is no stream ${settings.eventSourceArn}`);
    const { failureQueueArn } = settings;
    if (failureQueueArn !== undefined && queues.queue(failureQueueArn) === undefined) {
      throw refusal(resource, `destinationConfig: there is no queue ${failureQueueArn}`);
    }
    checkConsumer(resource, { target, access, eventSourceArn: settings.eventSourceArn, failureQueueArn });
    const consumer = { target, access, feed };
    return new StreamMapping({
      ...{ settings, functionArn: target.arn, stream: consumedStream(stream, consumer) },
      queues: permittedQueues(queues, consumer),
      ...{ invoker, clock, feed },
    });
  }
}
