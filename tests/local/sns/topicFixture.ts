import { randomUUID } from "node:crypto";
import type { AsyncInvoker } from "../../../local/eventbridge/delivery";
import { AwsError } from "../../../local/awsError";
import { Feed, type FeedEvents, type Mail } from "../../../local/feed";
import type { Cloud } from "../../../local/resource";
import { Inbox } from "../../../local/sns/inbox";
import { SnsService, type SnsServiceOptions } from "../../../local/sns/snsService";
import { SqsService } from "../../../local/sqs/sqsService";
import { ManualClock } from "../manualClock";
import { call, cloud, resource } from "../serviceFixture";

/** An SNS with a real SQS and inbox, a function that notes its calls, and a clock by hand. */
export class TopicFixture {
  readonly clock = new ManualClock();
  readonly feed = new Feed();
  readonly sqs = new SqsService({ cloud, clock: this.clock, feed: this.feed });
  readonly inbox = new Inbox({ clock: this.clock, feed: this.feed });
  readonly troubles: FeedEvents["trouble"][] = [];
  readonly told: Mail[] = [];
  readonly invoked: { readonly name: string; readonly payload: any; readonly atMs: number }[] = [];
  /** What the function's service answers, call by call; nothing is success. */
  failures: (AwsError | undefined)[] = [];
  /** What SQS answers, send by send, before it takes the message. */
  sendFailures: (AwsError | undefined)[] = [];
  permitted = true;
  readonly topicArn = "arn:aws:sns:eu-central-1:123456789012:news";
  readonly queueArn = "arn:aws:sqs:eu-central-1:123456789012:readers";
  readonly deadArn = "arn:aws:sqs:eu-central-1:123456789012:dead";
  readonly functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:reader";
  readonly sns: SnsService;

  constructor(around: Partial<Cloud> = {}, options: Pick<SnsServiceOptions, "throttles"> = {}) {
    this.feed.on("trouble", (event) => this.troubles.push(event));
    this.feed.on("mail", (mail) => this.told.push(mail));
    this.sns = new SnsService({
      cloud: { ...cloud, ...around },
      clock: this.clock,
      feed: this.feed,
      random: Math.random,
      queues: { send: (...message) => this.send(...message) },
      invoker: this.invoker(),
      inbox: this.inbox,
      ...options,
    });
  }

  run(operation: string, input: Record<string, unknown> = {}): Promise<any> {
    return call(this.sns, operation, input);
  }

  realise(type: string, inputs: Record<string, unknown>): Promise<void> {
    return this.sns.realise(resource(this.sns, `aws:sns/${type}`, inputs));
  }

  /** The topic `news` with one subscriber. */
  async withSubscriber(inputs: Record<string, unknown>, topic: Record<string, unknown> = {}): Promise<void> {
    await this.realise("topic:Topic", { name: "news", ...topic });
    await this.subscribe(inputs);
  }

  subscribe(inputs: Record<string, unknown>): Promise<void> {
    const type = "aws:sns/topicSubscription:TopicSubscription";
    const declared = resource(this.sns, type, { topic: this.topicArn, ...inputs });
    // The fixture of resources gives all of a type one URN, and so all subscriptions one ARN.
    const arn = `${this.topicArn}:${randomUUID()}`;
    return this.sns.realise({ ...declared, outputs: { ...declared.outputs, arn } });
  }

  /** The topic `news` and the queue `readers`, subscribed; and the queue `dead`. */
  async withQueue(inputs: Record<string, unknown> = {}): Promise<void> {
    for (const QueueName of ["readers", "dead"]) await call(this.sqs, "CreateQueue", { QueueName });
    await this.withSubscriber({ protocol: "sqs", endpoint: this.queueArn, ...inputs });
  }

  async publish(Message: string, more: Record<string, unknown> = {}): Promise<string> {
    const { MessageId } = await this.run("Publish", { TopicArn: this.topicArn, Message, ...more });
    await this.clock.advance(0);
    return MessageId as string;
  }

  async messages(name = "readers"): Promise<any[]> {
    const QueueUrl = `http://127.0.0.1:4566/123456789012/${name}`;
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    return (await call(this.sqs, "ReceiveMessage", input)).Messages ?? [];
  }

  private send(...message: Parameters<SqsService["send"]>): void {
    const failure = this.sendFailures.shift();
    if (failure !== undefined) throw failure;
    this.sqs.send(...message);
  }

  private invoker(): AsyncInvoker {
    return {
      permits: () => this.permitted,
      invokeLater: (name, payload) => {
        this.invoked.push({ name, payload: JSON.parse(payload), atMs: this.clock.now() });
        const failure = this.failures.shift();
        if (failure !== undefined) throw failure;
        return "request";
      },
    };
  }
}

export const away = (): AwsError => new AwsError("ServiceUnavailable", "It is away.", 503);
