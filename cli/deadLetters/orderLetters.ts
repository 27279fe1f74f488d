import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Order } from "../../contracts/order";
import { fieldsOf, textOf, type Description, type Letter, type LetterKind } from "./letter";
import { moveBack } from "./moveBack";
import type { OrderLookup } from "./orderLookup";

export interface OrderLettersOptions {
  readonly sqs: SQSClient;
  readonly orders: OrderLookup;
  readonly orderQueueUrl: string;
  readonly deadLetterQueueUrl: string;
}

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

  replayAll(): Promise<string | undefined> {
    return moveBack(this.options.sqs, this.queueUrl, "the order queue");
  }
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
