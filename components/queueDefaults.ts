import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { physicalName } from "./physicalName";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
export const QUEUE_NAME_MAX = 80;

/**
 * The longest that SQS keeps a message. A dead letter's time counts from its first sending, so less would
 * leave an operator only what the queue before it did not use up:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const FOURTEEN_DAYS_SECONDS = 14 * 24 * 60 * 60;

/** What every queue has: encryption, and receives that wait for messages instead of coming back empty. */
export const SAFE_QUEUE = { sqsManagedSseEnabled: true, receiveWaitTimeSeconds: 20 } as const;

/** A resource outside of the account's identities that may send to a queue. */
export interface Sender {
  /** For example `events.amazonaws.com`. */
  readonly service: string;
  /** The one resource of the service that may; `*` in it stands for any text. */
  readonly arn: pulumi.Input<string>;
}

/** Closes a queue to everything that does not come over TLS, and opens it to the senders. */
export function queuePolicy(
  name: string,
  { queue, senders }: { readonly queue: aws.sqs.Queue; readonly senders: readonly Sender[] },
  opts: pulumi.CustomResourceOptions,
): aws.sqs.QueuePolicy {
  const overTlsOnly = {
    Sid: "OverTlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "sqs:*",
    Resource: queue.arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const maySend = senders.map(({ service, arn }) => ({
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sqs:SendMessage",
    Resource: queue.arn,
    Condition: { ArnLike: { "aws:SourceArn": arn } },
  }));
  const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [overTlsOnly, ...maySend] });
  return new aws.sqs.QueuePolicy(`${name}-policy`, { queueUrl: queue.url, policy }, opts);
}

/** A queue that keeps what failed, as long as SQS can, until somebody looks. */
export function failureQueue(
  name: string,
  { queueName, senders = [] }: { readonly queueName: string; readonly senders?: readonly Sender[] },
  opts: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
  const queue = new aws.sqs.Queue(
    name,
    {
      ...SAFE_QUEUE,
      name: physicalName(queueName, QUEUE_NAME_MAX),
      messageRetentionSeconds: FOURTEEN_DAYS_SECONDS,
    },
    opts,
  );
  queuePolicy(name, { queue, senders }, opts);
  return queue;
}
