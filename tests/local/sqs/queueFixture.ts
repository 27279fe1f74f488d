import { Feed, type FeedEvents } from "../../../local/feed";
import { SqsService } from "../../../local/sqs/sqsService";
import { ManualClock } from "../manualClock";
import { call, cloud } from "../serviceFixture";

/** An SQS whose clock a test advances, and what its feed told. */
export class QueueFixture {
  readonly clock = new ManualClock();
  readonly feed = new Feed();
  readonly sqs = new SqsService({ cloud, clock: this.clock, feed: this.feed });
  readonly told: FeedEvents["message"][] = [];
  readonly arn = "arn:aws:sqs:eu-central-1:123456789012:orders";
  readonly deadArn = "arn:aws:sqs:eu-central-1:123456789012:dead";

  constructor() {
    this.feed.on("message", (event) => this.told.push(event));
  }

  /** Creates a queue through the API. */
  create(QueueName: string, Attributes: Record<string, string> = {}): Promise<any> {
    return call(this.sqs, "CreateQueue", { QueueName, Attributes });
  }

  /** Creates `dead`, and `orders` whose messages go there after `maxReceiveCount` receives. */
  async createWithDeadLetters(maxReceiveCount: number): Promise<void> {
    await this.create("dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: this.deadArn, maxReceiveCount });
    await this.create("orders", { RedrivePolicy });
  }

  run(operation: string, input: Record<string, unknown> = {}, signal?: AbortSignal): Promise<any> {
    return call(this.sqs, operation, { QueueUrl: "http://any.host/123456789012/orders", ...input }, signal);
  }

  send(MessageBody: string, more: Record<string, unknown> = {}): Promise<any> {
    return this.run("SendMessage", { MessageBody, ...more });
  }

  async receive(more: Record<string, unknown> = {}, signal?: AbortSignal): Promise<any[]> {
    const input = { MaxNumberOfMessages: 10, AttributeNames: ["All"], MessageAttributeNames: ["All"], ...more };
    return (await this.run("ReceiveMessage", input, signal)).Messages ?? [];
  }

  async bodies(more: Record<string, unknown> = {}): Promise<string[]> {
    return (await this.receive(more)).map((message) => message.Body);
  }

  async attribute(name: string, QueueUrl = "orders"): Promise<string> {
    return (await this.run("GetQueueAttributes", { QueueUrl, AttributeNames: [name] })).Attributes[name];
  }

  async seconds(seconds: number): Promise<void> {
    await this.clock.advance(seconds);
  }
}
