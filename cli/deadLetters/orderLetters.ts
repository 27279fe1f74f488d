import { setTimeout as wait } from "node:timers/promises";
import {
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Order } from "../../contracts/order";
import { fieldsOf, textOf, type Description, type Letter, type LetterKind } from "./letter";
import type { OrderLookup } from "./orderLookup";

export interface OrderLettersOptions {
  readonly sqs: SQSClient;
  readonly orders: OrderLookup;
  readonly orderQueueUrl: string;
  readonly deadLetterQueueUrl: string;
}

const LOOK_EVERY_MS = 500;
/** A move goes on by itself when nobody watches it. */
const WATCHED_MS = 60_000;

/** Orders whose processing failed too often. Replaying one sends it to the order queue as a new message. */
export class OrderLetters implements LetterKind {
  readonly name = "orders";

  constructor(private readonly options: OrderLettersOptions) {}

  get queueUrl(): string {
    return this.options.deadLetterQueueUrl;
  }

  async describe(letters: readonly Letter[]): Promise<readonly Description[]> {
    const ids = letters.map(orderIdOf);
    const orders = await this.options.orders.find(ids.filter((id) => id !== undefined));
    return ids.map((orderId) =>
      orderId === undefined
        ? { reason: "is no order: it can never be processed" }
        : { orderId, reason: standing(orders.get(orderId)) },
    );
  }

  async details(letter: Letter): Promise<unknown> {
    const orderId = orderIdOf(letter);
    if (orderId === undefined) return undefined;
    return (await this.options.orders.find([orderId])).get(orderId);
  }

  /** A fresh message: with the old one's trace header, Lambda could take a replay for a loop and drop it. */
  async replay({ body, id }: Letter): Promise<string> {
    await this.options.sqs.send(new SendMessageCommand({ QueueUrl: this.options.orderQueueUrl, MessageBody: body }));
    return `${id} is in the order queue again`;
  }

  /** SQS moves them itself: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
  async replayAll(): Promise<string> {
    const { sqs } = this.options;
    const query = new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames: ["QueueArn"] });
    const SourceArn = (await sqs.send(query)).Attributes?.["QueueArn"] ?? "";
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    const until = performance.now() + WATCHED_MS;
    for (;;) {
      const [task] = (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }))).Results ?? [];
      if (task?.Status !== "RUNNING") return ended(task);
      if (performance.now() > until) return `${moved(task)} so far; SQS goes on moving the rest`;
      await wait(LOOK_EVERY_MS);
    }
  }
}

function ended(task: ListMessageMoveTasksResultEntry | undefined): string {
  if (task?.Status === "COMPLETED") return `${moved(task)} to the order queue`;
  throw new Error(`SQS stopped moving the dead letters (${task?.Status}): ${task?.FailureReason}. ${moved(task)}.`);
}

function moved(task: ListMessageMoveTasksResultEntry | undefined): string {
  const count = task?.ApproximateNumberOfMessagesMoved ?? 0;
  return count === 1 ? "1 message was moved" : `${count} messages were moved`;
}

function orderIdOf({ body }: Letter): string | undefined {
  return textOf(fieldsOf(body)["orderId"]);
}

function standing(order: Order | undefined): string {
  if (order === undefined) return "the table has no such order";
  const { status, stage, failure } = order;
  if (status !== "PENDING") return `${status} by now: a replay changes nothing`;
  return failure === undefined ? `stuck at ${stage}` : `stuck at ${stage} after ${failure.code} in ${failure.step}`;
}
