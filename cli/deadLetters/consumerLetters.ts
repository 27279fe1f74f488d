import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { requiredOutput, type StackOutputs } from "../stackOutputs";
import { fieldsOf, textOf, type Description, type Letter, type LetterKind } from "./letter";
import { moveBack } from "./moveBack";

/** A consumer of events, by the name that its outputs begin with. */
export interface Consumer {
  readonly name: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/**
 * The consumers of a stack: every output `NAMEDeadLetterQueueUrl` is one's, and `NAMEQueueUrl` stands beside it. One that
 * the stack goes without has outputs of no value.
 */
export function consumersOf(outputs: StackOutputs): Consumer[] {
  return Object.entries(outputs).flatMap(([output, deadLetterQueueUrl]) => {
    const name = /^(.+)DeadLetterQueueUrl$/.exec(output)?.[1];
    if (name === undefined || typeof deadLetterQueueUrl !== "string") return [];
    return [{ name, queueUrl: requiredOutput(outputs, `${name}QueueUrl`), deadLetterQueueUrl }];
  });
}

/**
 * Events that a consumer could not take in, though it tried for longer than most outages last. Replaying one sends it to
 * the consumer's queue as a new message; consumers drop what they have seen, by the event's id in its detail.
 */
export class ConsumerLetters implements LetterKind {
  readonly name: string;

  constructor(
    private readonly sqs: SQSClient,
    private readonly consumer: Consumer,
  ) {
    this.name = consumer.name;
  }

  get queueUrl(): string {
    return this.consumer.deadLetterQueueUrl;
  }

  async describe(letters: readonly Letter[]): Promise<readonly Description[]> {
    return letters.map(({ body }) => {
      const event = fieldsOf(body);
      const type = textOf(event["detail-type"]);
      if (type === undefined) return { reason: "is no event: it can never be taken in" };
      const orderId = textOf((event["detail"] as { orderId?: unknown } | undefined)?.orderId);
      const reason = `${type} was not taken in by ${this.name}; its function's log says why`;
      return { ...(orderId !== undefined && { orderId }), reason };
    });
  }

  async details(): Promise<unknown> {
    return undefined;
  }

  /** A fresh message: with the old one's trace header, Lambda could take a replay for a loop and drop it. */
  async replay({ body, id }: Letter): Promise<string> {
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.consumer.queueUrl, MessageBody: body }));
    return `${id} is in the queue of ${this.name} again`;
  }

  replayAll(): Promise<string | undefined> {
    return moveBack(this.sqs, this.queueUrl, `the queue of ${this.name}`);
  }
}
