import { createHash } from "node:crypto";
import { AwsError } from "../awsError";
import type { Clock } from "../clock";
import type { PolledQueue, PolledStream, QueueSource, StreamSource } from "../lambda/eventSources";
import type { Faults } from "./faults";

interface Parts {
  readonly faults: Faults;
  readonly clock: Clock;
}

/** Sends messages to queues, some of them late and some twice; refuses while SQS is away. */
export function faultySender<Sender extends (arn: string, body: string, attributes: never) => void>(
  { faults, clock }: Parts,
  send: Sender,
): Sender {
  const faulty = (arn: string, body: string, attributes: never): void => {
    refuseWhileAway({ faults, clock }, "sqs");
    if (!faults.active) return send(arn, body, attributes);
    for (const delayMs of faults.deliveries(`${arn}|${digest(body)}`)) {
      if (delayMs === 0) send(arn, body, attributes);
      else clock.after(delayMs, () => send(arn, body, attributes));
    }
  };
  return faulty as Sender;
}

/** Queues as event source mappings see them: some deletes are lost, so that the message comes again. */
export function faultyQueues(parts: Parts, source: QueueSource): QueueSource {
  return {
    queue(arn) {
      const queue = source.queue(arn);
      return queue === undefined ? undefined : faultyQueue(parts, queue);
    },
  };
}

function faultyQueue(parts: Parts, queue: PolledQueue): PolledQueue {
  const digests = new Map<string, string>();
  return {
    arn: queue.arn,
    visibilityTimeoutSeconds: queue.visibilityTimeoutSeconds,
    receive(max) {
      refuseWhileAway(parts, "sqs");
      const messages = queue.receive(max);
      if (parts.faults.active) {
        for (const { receiptHandle, body } of messages) digests.set(receiptHandle, digest(body));
      }
      return messages;
    },
    delete(receiptHandle) {
      const identity = digests.get(receiptHandle);
      digests.delete(receiptHandle);
      if (identity !== undefined && parts.faults.strikes("duplicate", `delete|${identity}`)) return;
      queue.delete(receiptHandle);
    },
    onAvailable: (listener) => queue.onAvailable(listener),
    send(body, attributes) {
      queue.send(body, attributes);
    },
  };
}

/** Streams as event source mappings see them: a page may come twice, and none comes while DynamoDB is away. */
export function faultyStreams(parts: Parts, source: StreamSource): StreamSource {
  return {
    stream(arn) {
      const stream = source.stream(arn);
      return stream === undefined ? undefined : faultyStream(parts, stream);
    },
  };
}

function faultyStream(parts: Parts, stream: PolledStream): PolledStream {
  return {
    arn: stream.arn,
    shardId: stream.shardId,
    partitionKey: stream.partitionKey,
    begin: (at) => stream.begin(at),
    onChange: (listener) => stream.onChange(listener),
    async read(position, limit) {
      refuseWhileAway(parts, "dynamodb");
      const page = await stream.read(position, limit);
      const again = page.records.length > 0 && parts.faults.strikes("duplicate", `page|${position}`);
      return again ? { ...page, next: position } : page;
    },
  };
}

function refuseWhileAway({ faults, clock }: Parts, service: string): void {
  if (faults.isAway(service, clock.now())) throw new AwsError("ServiceUnavailable", `${service} is away.`, 503);
}

function digest(body: string): string {
  return createHash("sha256").update(body).digest("base64url").slice(0, 16);
}
