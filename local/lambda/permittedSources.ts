import type { Feed } from "../feed";
import { AccessDenied, demand, type Access } from "../iam/access";
import type { PolledQueue, PolledStream, QueueSource } from "./eventSources";
import { actingAs } from "./executionRole";
import type { FunctionSettings } from "./functionKind";
import { refusal, type Declared } from "./readInputs";

/** A function that is fed, with whose role Lambda does the feeding. */
export interface Consumer {
  readonly target: FunctionSettings;
  /** Absent, every role may everything. */
  readonly access: Access | undefined;
  readonly feed: Feed;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
const ON_QUEUES = ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"];
/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html#events-dynamodb-permissions */
const ON_STREAMS = ["GetRecords", "GetShardIterator", "DescribeStream", "ListStreams"];

interface Sources {
  readonly target: FunctionSettings;
  readonly access: Access | undefined;
  readonly eventSourceArn: string;
  readonly failureQueueArn?: string | undefined;
}

/** Refuses a mapping whose function's role may not do what feeding takes, as CreateEventSourceMapping does. */
export function checkConsumer(declared: Declared, sources: Sources): void {
  const { target, access, eventSourceArn, failureQueueArn } = sources;
  const principal = actingAs(target);
  const refuses = (action: string, resource: string): boolean =>
    access?.wouldRefuse({ principal, action, resource }) !== undefined;
  const ofQueue = eventSourceArn.split(":")[2] === "sqs";
  if (!ofQueue && ON_STREAMS.some((verb) => refuses(`dynamodb:${verb}`, eventSourceArn))) {
    const verbs = "GetRecords, GetShardIterator, DescribeStream, and ListStreams";
    throw refusal(declared, `cannot access stream ${eventSourceArn}: the role must be able to perform ${verbs} on it`);
  }
  const onQueue = ofQueue ? ON_QUEUES.find((verb) => refuses(`sqs:${verb}`, eventSourceArn)) : undefined;
  const keeps = failureQueueArn === undefined || !refuses("sqs:SendMessage", failureQueueArn);
  const missing = onQueue ?? (keeps ? undefined : "SendMessage");
  if (missing === undefined) return;
  throw refusal(declared, `the provided execution role does not have permissions to call ${missing} on SQS`);
}

/** A queue as Lambda sees it with the role of the function that it feeds. */
export function consumedQueue(queue: PolledQueue, { target, access, feed }: Consumer): PolledQueue {
  if (access === undefined) return queue;
  const principal = actingAs(target);
  const ask = (verb: string): void => demand(access, { principal, action: `sqs:${verb}`, resource: queue.arn });
  return {
    arn: queue.arn,
    get visibilityTimeoutSeconds() {
      return queue.visibilityTimeoutSeconds;
    },
    receive(max) {
      // Lambda asks how many messages there are before it decides how many batches to run.
      ask("GetQueueAttributes");
      ask("ReceiveMessage");
      return queue.receive(max);
    },
    delete(receiptHandle) {
      try {
        ask("DeleteMessage");
        queue.delete(receiptHandle);
      } catch (error) {
        if (!(error instanceof AccessDenied)) throw error;
        feed.emit("trouble", { where: target.name, message: `cannot delete: ${error.message}` });
      }
    },
    onAvailable: (listener) => queue.onAvailable(listener),
    send: (body, attributes) => queue.send(body, attributes),
  };
}

/** A stream as Lambda sees it with the role of the function that it feeds. */
export function consumedStream(stream: PolledStream, { target, access }: Consumer): PolledStream {
  if (access === undefined) return stream;
  const principal = actingAs(target);
  const ask = (): void => {
    for (const verb of ON_STREAMS) demand(access, { principal, action: `dynamodb:${verb}`, resource: stream.arn });
  };
  return {
    arn: stream.arn,
    shardId: stream.shardId,
    partitionKey: stream.partitionKey,
    begin: (at) => stream.begin(at),
    onChange: (listener) => stream.onChange(listener),
    async read(position, limit) {
      ask();
      return stream.read(position, limit);
    },
  };
}

/** Queues as Lambda sends to them with the role of a function: what it gave up goes there. */
export function permittedQueues(queues: QueueSource, { target, access }: Consumer): QueueSource {
  if (access === undefined) return queues;
  return {
    queue(arn) {
      const queue = queues.queue(arn);
      if (queue === undefined) return undefined;
      const send: PolledQueue["send"] = (body, attributes) => {
        demand(access, { principal: actingAs(target), action: "sqs:SendMessage", resource: arn });
        queue.send(body, attributes);
      };
      return { ...queue, visibilityTimeoutSeconds: queue.visibilityTimeoutSeconds, send };
    },
  };
}
