import {
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import type { Target } from "./target";

export type QueueName = keyof Target["queues"];

/** Messages of each queue, in flight and delayed ones included. */
export type Depths = Readonly<Record<QueueName, number>>;

/** The queues of the pipeline, as an operator handles them. */
export class Queues {
  private readonly client: SQSClient;

  constructor(private readonly target: Pick<Target, "aws" | "queues">) {
    this.client = new SQSClient(target.aws);
  }

  async depths(): Promise<Depths> {
    const names = Object.keys(this.target.queues) as QueueName[];
    const depths = await Promise.all(names.map(async (name) => [name, await this.depth(name)] as const));
    return Object.fromEntries(depths) as Depths;
  }

  /** Puts a message into the order queue. */
  async sendOrder(body: object): Promise<void> {
    const { orders } = this.target.queues;
    await this.client.send(new SendMessageCommand({ QueueUrl: orders, MessageBody: JSON.stringify(body) }));
  }

  /** Moves all dead letters back to where they came from. */
  async moveDeadLettersBack(): Promise<void> {
    const { QueueArn = "" } = await this.attributes("deadLetters");
    await this.client.send(new StartMessageMoveTaskCommand({ SourceArn: QueueArn }));
  }

  close(): void {
    this.client.destroy();
  }

  private async depth(name: QueueName): Promise<number> {
    const attributes = await this.attributes(name);
    const parts = ["", "NotVisible", "Delayed"].map((part) => attributes[`ApproximateNumberOfMessages${part}`]);
    return parts.reduce((sum, count) => sum + Number(count ?? 0), 0);
  }

  private async attributes(name: QueueName): Promise<Record<string, string>> {
    const query = new GetQueueAttributesCommand({ QueueUrl: this.target.queues[name], AttributeNames: ["All"] });
    return (await this.client.send(query)).Attributes ?? {};
  }
}
