import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { awsConnection } from "../../awsConnection";
import type { StackOutputs } from "../../stackOutputs";

export interface Depth {
  readonly waiting: number;
  readonly inFlight: number;
}

/** Asks queues for their depths, as an operator would. */
export class QueueDepths {
  private readonly client: SQSClient;

  constructor(outputs: StackOutputs) {
    this.client = new SQSClient({ ...awsConnection(outputs), maxAttempts: 1 });
  }

  async of(queueUrl: string): Promise<Depth> {
    const query = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] });
    const Attributes: Readonly<Record<string, string>> = (await this.client.send(query)).Attributes ?? {};
    const number = (part: string): number => Number(Attributes[`ApproximateNumberOfMessages${part}`] ?? 0);
    return { waiting: number("") + number("Delayed"), inFlight: number("NotVisible") };
  }

  close(): void {
    this.client.destroy();
  }
}
