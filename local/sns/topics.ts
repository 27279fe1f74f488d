import type { PolicyBook } from "../iam/resourcePolicies";
import { randomUuid } from "../randomUuid";
import type { Cloud } from "../resource";
import { checkArn, invalidParameter, notFound } from "./snsError";
import { readSubscription, type Subscription, type SubscriptionRequest } from "./subscription";

/** A standard topic. */
export interface Topic {
  readonly arn: string;
  readonly name: string;
  /** As GetTopicAttributes shows them, without the counts. */
  readonly attributes: Map<string, string>;
  readonly subscriptions: Map<string, Subscription>;
  /** Subscriptions that were undone. */
  deleted: number;
}

export function topicArn({ region, accountId }: Cloud, name: string): string {
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

/** The topics of the account and who subscribed to them. */
export class Topics {
  private readonly byArn = new Map<string, Topic>();

  constructor(
    readonly cloud: Cloud,
    private readonly random?: () => number,
    private readonly policies?: PolicyBook,
  ) {}

  all(): readonly Topic[] {
    return [...this.byArn.values()];
  }

  find(arn: string): Topic | undefined {
    return this.byArn.get(arn);
  }

  /** @throws InvalidParameter, NotFound */
  topic(arn: string): Topic {
    checkArn("TopicArn", arn);
    const topic = this.byArn.get(arn);
    if (topic === undefined) throw notFound("Topic");
    return topic;
  }

  /** Creates a topic; its name must be new. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  create(name: string, attributes: Readonly<Record<string, string>>): Topic {
    if (!/^[\w-]{1,256}$/.test(name)) {
      const fifo = name.endsWith(".fifo") ? "the local runtime has no stand-in for FIFO topics" : undefined;
      throw invalidParameter(`Topic Name${fifo === undefined ? "" : ` Reason: ${fifo}`}`);
    }
    const arn = topicArn(this.cloud, name);
    if (this.byArn.has(arn)) throw invalidParameter(`Topic Name Reason: a topic named ${name} exists already`);
    const topic = { arn, name, attributes: new Map(Object.entries(attributes)), subscriptions: new Map(), deleted: 0 };
    this.policies?.attach(arn, attributes["Policy"] ?? initialPolicy(arn, this.cloud));
    this.byArn.set(arn, topic);
    return topic;
  }

  setPolicy(arn: string, policy: string): void {
    const topic = this.topic(arn);
    this.policies?.attach(arn, policy);
    topic.attributes.set("Policy", policy);
  }

  /**
   * Subscribes, and confirms at once whatever the protocol. The same protocol and endpoint again is the same
   * subscription, or refused when its attributes differ.
   *
   * @param wantedArn for a subscription whose ARN was told before it existed
   */
  subscribe(topic: Topic, request: SubscriptionRequest, wantedArn?: string): Subscription {
    const settings = readSubscription(request);
    const known = [...topic.subscriptions.values()].find(
      ({ protocol, endpoint }) => protocol === settings.protocol && endpoint === settings.endpoint,
    );
    if (known !== undefined) {
      if (differ(known.attributes, settings.attributes)) {
        throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
      }
      return known;
    }
    const arn = wantedArn ?? `${topic.arn}:${randomUuid(this.random)}`;
    const subscription = { ...settings, arn, topicArn: topic.arn };
    topic.subscriptions.set(arn, subscription);
    return subscription;
  }

  /** @throws InvalidParameter, NotFound */
  subscription(arn: string): Subscription {
    checkArn("SubscriptionArn", arn);
    const subscription = this.topicOf(arn)?.subscriptions.get(arn);
    if (subscription === undefined) throw notFound("Subscription");
    return subscription;
  }

  /** Ends a subscription; one that does not exist is none. */
  unsubscribe(arn: string): void {
    checkArn("SubscriptionArn", arn);
    const topic = this.topicOf(arn);
    if (topic?.subscriptions.delete(arn) === true) topic.deleted += 1;
  }

  private topicOf(subscriptionArn: string): Topic | undefined {
    return this.byArn.get(subscriptionArn.slice(0, subscriptionArn.lastIndexOf(":")));
  }
}

/** What a topic has that is given none: services may use it for the account. */
function initialPolicy(topicArn: string, { accountId }: Cloud): string {
  const Condition = { StringEquals: { "AWS:SourceOwner": accountId } };
  const Statement = [
    { Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Publish", Resource: topicArn, Condition },
  ];
  return JSON.stringify({ Version: "2008-10-17", Statement });
}

function differ(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return [...Object.keys(one), ...Object.keys(other)].some((name) => one[name] !== other[name]);
}
