import { AwsError } from "../awsError";
import { demand, type Permission, type Principal } from "../iam/access";
import type { Keys } from "../kms/keyService";
import { chunks } from "../meter/charge";
import { isFields } from "../operationInput";
import { randomUuid } from "../randomUuid";
import type { Resource } from "../resource";
import type { LocalService, Operation } from "../service";
import type { MessageAttributes } from "../sqs/message";
import { Deliveries, type DeliverySurroundings, type Destinations } from "./deliveries";
import { makeMessage, MOST_BYTES, type TopicMessage } from "./message";
import { permissionsOf } from "./permissions";
import { publishOperations } from "./publishOperations";
import { invalidParameter } from "./snsError";
import { FIFO_INPUTS, snsKinds, TOPIC_ATTRIBUTES } from "./snsKinds";
import { ATTRIBUTE_OF_INPUT as SUBSCRIPTION_ATTRIBUTES } from "./subscription";
import { topicOperations } from "./topicOperations";
import { Topics } from "./topics";

/** What the stand-in for SNS needs. */
export interface SnsServiceOptions extends Destinations, Omit<DeliverySurroundings, "random"> {
  /** Numbers from 0 up to 1, for ids and jitter; absent for true randomness. */
  readonly random?: () => number;
  /** Decides whether a message is turned away among others that are published with it. @default none is */
  readonly throttles?: (topicArn: string) => boolean;
  /** The keys that topics are encrypted with. */
  readonly keys?: Keys;
}

/** A message that another service publishes, an alarm for one. */
export interface PublishedMessage {
  readonly message: string;
  /** Below 100 characters. */
  readonly subject?: string;
  readonly attributes?: MessageAttributes;
}

/**
 * SNS in memory: standard topics, and subscriptions with filter policies, retries and dead letters. Mail goes to the
 * inbox. A subscription is confirmed as soon as it is made, also one of an e-mail address, whose owner AWS would ask.
 */
export class SnsService implements LocalService {
  readonly name = "sns";
  readonly kinds = snsKinds;
  /** Empty: SNS speaks the query protocol. */
  readonly targetPrefixes = [];
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly topics: Topics;
  private readonly deliveries: Deliveries;

  constructor(private readonly options: SnsServiceOptions) {
    const { cloud, random } = options;
    this.topics = new Topics(cloud, random, options.access);
    this.deliveries = new Deliveries(options, { ...options, random: random ?? Math.random });
    this.operations = {
      ...publishOperations({
        accept: (arn, message, traceHeader) => this.accept(arn, message, traceHeader),
        throttles: (arn) => options.throttles?.(arn) === true,
        bill: (...request) => this.bill(...request),
      }),
      ...topicOperations(this.topics),
    };
  }

  async realise(resource: Resource): Promise<void> {
    try {
      this.create(resource);
    } catch (error) {
      const code = error instanceof AwsError ? `${error.code}: ` : "";
      throw new Error(`${resource.name}: ${code}${(error as Error).message}`, { cause: error });
    }
  }

  permissionsFor(operation: string, input: Record<string, unknown>): readonly Permission[] {
    const [permission] = permissionsOf(operation, input);
    const { action, resource } = permission;
    const key = this.topics.find(resource)?.attributes.get("KmsMasterKeyId");
    if (action !== "sns:Publish" || key === undefined || this.options.keys === undefined) return [permission];
    const arn = this.options.keys.arnOf(key);
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    return [permission, ...["GenerateDataKey", "Decrypt"].map((verb) => ({ action: `kms:${verb}`, resource: arn }))];
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {
    this.deliveries.stop();
  }

  /**
   * Publishes from within the runtime, and answers the message's id before anybody has got it.
   *
   * @param principal who publishes; must be allowed to, and to use the key of an encrypted topic
   * @throws InvalidParameter, NotFound, AuthorizationError, KMSAccessDenied
   */
  publish(topicArn: string, message: PublishedMessage, principal?: Principal): string {
    const checked = makeMessage(message);
    if (checked.bytes > MOST_BYTES) throw invalidParameter("Message too long");
    const needed = this.permissionsFor("Publish", { TopicArn: topicArn });
    if (principal !== undefined) for (const each of needed) demand(this.options.access, { principal, ...each });
    this.bill(topicArn, [checked]);
    return this.accept(topicArn, checked);
  }

  /** By the request, however many messages it brings: https://aws.amazon.com/sns/pricing/. Deliveries to queues and functions are free. */
  private bill(topicArn: string, messages: readonly TopicMessage[]): void {
    const bytes = messages.reduce((sum, message) => sum + message.bytes, 0);
    const about = (): string =>
      messages.map((message) => `${message.textFor("sqs")} ${JSON.stringify(message.attributes)}`).join("\n");
    const resource = topicArn.split(":").at(-1) ?? topicArn;
    this.options.feed.emit("billed", { unit: "snsRequest", resource, quantity: chunks(bytes), about });
  }

  private accept(topicArn: string, message: TopicMessage, traceHeader?: string): string {
    const topic = this.topics.topic(topicArn);
    const { clock, random } = this.options;
    const notification = { id: randomUuid(random), topic, message, timeMs: clock.now(), traceHeader };
    this.deliveries.note(topic.arn, "published");
    for (const subscription of topic.subscriptions.values()) {
      const { attributes } = message;
      const wanted = subscription.wants({ body: message.textFor(subscription.protocol), attributes });
      if (wanted) this.deliveries.begin(notification, subscription);
      else this.deliveries.note(topic.arn, "filteredOut");
    }
    return notification.id;
  }

  private create({ type, inputs, outputs }: Resource): void {
    switch (type) {
      case "aws:sns/topic:Topic":
        for (const input of FIFO_INPUTS) {
          if (inputs[input] !== undefined && inputs[input] !== false) {
            throw new Error(`the local runtime has no stand-in for FIFO topics, which ${input} asks for.`);
          }
        }
        checkDisplayName(inputs["displayName"]);
        if (inputs["policy"] !== undefined) checkPolicy(textOf(inputs["policy"]));
        this.topics.create(outputs["name"] as string, attributesOf(inputs, TOPIC_ATTRIBUTES));
        return;
      case "aws:sns/topicPolicy:TopicPolicy":
        checkPolicy(textOf(inputs["policy"]));
        return this.topics.setPolicy(String(inputs["arn"]), textOf(inputs["policy"]));
      case "aws:sns/topicSubscription:TopicSubscription":
        this.subscribe(inputs, outputs["arn"] as string);
        return;
      default:
        throw new Error(`SNS has no stand-in for ${type}.`);
    }
  }

  private subscribe(inputs: Resource["inputs"], arn: string): void {
    const request = {
      protocol: String(inputs["protocol"]),
      endpoint: String(inputs["endpoint"]),
      attributes: attributesOf(inputs, SUBSCRIPTION_ATTRIBUTES),
    };
    const subscription = this.topics.subscribe(this.topics.topic(String(inputs["topic"])), request, arn);
    if (subscription.arn !== arn) {
      throw new Error(`${request.endpoint} is subscribed to this topic already.`);
    }
  }
}

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html: at most 100 characters. */
function checkDisplayName(name: unknown): void {
  if (typeof name === "string" && name.length > 100) throw invalidParameter("DisplayName Reason: Too long");
}

/** In the words of SNS; what else may be wrong with it is found when it is attached. */
function checkPolicy(text: string): void {
  const document: unknown = JSON.parse(text);
  if (!isFields(document) || document["Statement"] === undefined) throw invalidParameter("Policy Error: no Statement");
}

function attributesOf(
  inputs: Resource["inputs"],
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(names).filter(([input]) => inputs[input] !== undefined);
  return Object.fromEntries(given.map(([input, attribute]) => [attribute, textOf(inputs[input])]));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
