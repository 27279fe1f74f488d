import { AwsError } from "../../../local/awsError";
import type { AsyncInvoker } from "../../../local/eventbridge/delivery";
import { EventBridgeService } from "../../../local/eventbridge/eventBridgeService";
import { Feed, type FeedEvents } from "../../../local/feed";
import { LogsService } from "../../../local/logs/logsService";
import { SqsService } from "../../../local/sqs/sqsService";
import { ManualClock } from "../manualClock";
import { call, cloud, resource } from "../serviceFixture";

/** An EventBridge with a real SQS and CloudWatch Logs, a function that notes its calls, and a clock by hand. */
export class BusFixture {
  readonly clock = new ManualClock();
  readonly feed = new Feed();
  readonly sqs = new SqsService({ cloud, clock: this.clock, feed: this.feed });
  readonly logs = new LogsService({ cloud, clock: this.clock, feed: this.feed });
  readonly troubles: FeedEvents["trouble"][] = [];
  readonly accepted: FeedEvents["busEvent"][] = [];
  readonly invoked: { readonly name: string; readonly payload: any; readonly atMs: number }[] = [];
  /** What the function's service answers, call by call; nothing is success. */
  failures: (AwsError | undefined)[] = [];
  permitted = true;
  /** Detail types of the entries that are throttled. */
  throttled: readonly string[] = [];
  queueOpen = true;
  readonly queueArn = "arn:aws:sqs:eu-central-1:123456789012:orders";
  readonly deadArn = "arn:aws:sqs:eu-central-1:123456789012:dead";
  readonly functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:audit";
  readonly ruleArn = "arn:aws:events:eu-central-1:123456789012:rule/shop/placed";
  readonly events: EventBridgeService;

  constructor() {
    this.feed.on("trouble", (event) => this.troubles.push(event));
    this.feed.on("busEvent", (event) => this.accepted.push(event));
    this.events = new EventBridgeService({
      cloud,
      clock: this.clock,
      feed: this.feed,
      random: () => 0.5,
      throttles: ({ detailType }) => this.throttled.includes(detailType),
      queues: this.sqs,
      logs: this.logs,
      invoker: this.invoker(),
      access: {
        refusal: ({ action }) =>
          action === "sqs:SendMessage" && !this.queueOpen ? "no resource-based policy" : undefined,
        wouldRefuse: () => undefined,
        trusts: () => true,
        attach: () => undefined,
      },
    });
  }

  run(operation: string, input: Record<string, unknown> = {}): Promise<any> {
    return call(this.events, operation, input);
  }

  realise(type: string, inputs: Record<string, unknown>): Promise<void> {
    return this.events.realise(resource(this.events, `aws:cloudwatch/${type}`, inputs));
  }

  /** The bus `shop` with the rule `placed` for events of the source `shop`, and one target. */
  async withTarget(inputs: Record<string, unknown>, eventPattern: unknown = { source: ["shop"] }): Promise<void> {
    await this.realise("eventBus:EventBus", { name: "shop" });
    await this.rule("placed", eventPattern);
    await this.target("placed", inputs);
  }

  rule(name: string, pattern: unknown, eventBusName = "shop"): Promise<void> {
    return this.realise("eventRule:EventRule", { name, eventBusName, eventPattern: JSON.stringify(pattern) });
  }

  target(rule: string, inputs: Record<string, unknown>): Promise<void> {
    return this.realise("eventTarget:EventTarget", { rule, eventBusName: "shop", ...inputs });
  }

  async put(detail: unknown = { n: 1 }, more: Record<string, unknown> = {}): Promise<any> {
    const entry = {
      Source: "shop",
      DetailType: "Placed",
      Detail: JSON.stringify(detail),
      EventBusName: "shop",
      ...more,
    };
    const answer = await this.run("PutEvents", { Entries: [entry] });
    await this.clock.advance(0);
    return answer;
  }

  async messages(QueueUrl: string): Promise<any[]> {
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    return (await call(this.sqs, "ReceiveMessage", input)).Messages ?? [];
  }

  queue(QueueName: string): Promise<any> {
    return call(this.sqs, "CreateQueue", { QueueName });
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

/** A throttled call, as the function's service answers it. */
export const throttled = (): AwsError => new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
