import { XmlMap } from "../endpoint/xml";
import { OperationInput } from "../operationInput";
import type { Operation } from "../service";
import { invalidParameter, snsRefusals } from "./snsError";
import type { Subscription } from "./subscription";
import type { Topic, Topics } from "./topics";

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html and ListSubscriptions */
const PAGE = 100;

/** Looking at topics and subscriptions, subscribing and unsubscribing. Topics themselves come from the program alone. */
export function topicOperations(topics: Topics): Readonly<Record<string, Operation>> {
  const read = (fields: Record<string, unknown>): OperationInput => new OperationInput(fields, snsRefusals);
  const listed = (all: readonly Subscription[], input: OperationInput): object => {
    const { items, more } = page(all, input);
    return { Subscriptions: items.map((subscription) => listEntry(subscription, topics.cloud.accountId)), ...more };
  };
  return {
    ListTopics: async (fields) => {
      const { items, more } = page(topics.all(), read(fields).only("NextToken"));
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...more };
    },
    GetTopicAttributes: async (fields) => {
      const topic = topics.topic(read(fields).only("TopicArn").text("TopicArn"));
      return { Attributes: new XmlMap(topicAttributes(topic, topics.cloud.accountId)) };
    },
    ListSubscriptions: async (fields) => {
      const all = topics.all().flatMap(({ subscriptions }) => [...subscriptions.values()]);
      return listed(all, read(fields).only("NextToken"));
    },
    ListSubscriptionsByTopic: async (fields) => {
      const input = read(fields).only("TopicArn", "NextToken");
      return listed([...topics.topic(input.text("TopicArn")).subscriptions.values()], input);
    },
    GetSubscriptionAttributes: async (fields) => {
      const subscription = topics.subscription(read(fields).only("SubscriptionArn").text("SubscriptionArn"));
      return { Attributes: new XmlMap(subscriptionAttributes(subscription, topics.cloud.accountId)) };
    },
    Subscribe: async (fields) => subscribe(topics, read(fields)),
    Unsubscribe: async (fields) => {
      topics.unsubscribe(read(fields).only("SubscriptionArn").text("SubscriptionArn"));
      return {};
    },
    ConfirmSubscription: async (fields) => {
      const input = read(fields).only("TopicArn", "Token", "AuthenticateOnUnsubscribe");
      topics.topic(input.text("TopicArn"));
      input.text("Token");
      // Subscriptions are confirmed at once here, so nobody was ever given a token.
      throw invalidParameter("Token");
    },
  };
}

function subscribe(topics: Topics, input: OperationInput): object {
  input.only("TopicArn", "Protocol", "Endpoint", "Attributes", "ReturnSubscriptionArn");
  const { arn } = topics.subscribe(topics.topic(input.text("TopicArn")), {
    protocol: input.text("Protocol"),
    endpoint: input.text("Endpoint"),
    attributes: input.textsByName("Attributes"),
  });
  return { SubscriptionArn: arn };
}

/** The token is the number of items before the page. */
function page<Item>(all: readonly Item[], input: OperationInput): { readonly items: readonly Item[]; more: object } {
  const token = input.optionalText("NextToken") ?? "0";
  if (!/^\d{1,9}$/.test(token)) throw invalidParameter("NextToken");
  const next = Number(token) + PAGE;
  return { items: all.slice(Number(token), next), more: next < all.length ? { NextToken: `${next}` } : {} };
}

function topicAttributes(topic: Topic, owner: string): Readonly<Record<string, string>> {
  return {
    DisplayName: "",
    ...Object.fromEntries(topic.attributes),
    TopicArn: topic.arn,
    Owner: owner,
    SubscriptionsConfirmed: `${topic.subscriptions.size}`,
    SubscriptionsPending: "0",
    SubscriptionsDeleted: `${topic.deleted}`,
  };
}

function subscriptionAttributes(subscription: Subscription, owner: string): Readonly<Record<string, string>> {
  const { arn, topicArn, protocol, endpoint, attributes } = subscription;
  return {
    RawMessageDelivery: "false",
    ...(attributes["FilterPolicy"] === undefined ? {} : { FilterPolicyScope: "MessageAttributes" }),
    ...attributes,
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: owner,
    PendingConfirmation: "false",
    ConfirmationWasAuthenticated: "true",
  };
}

function listEntry({ arn, topicArn, protocol, endpoint }: Subscription, owner: string): object {
  return { SubscriptionArn: arn, Owner: owner, Protocol: protocol, Endpoint: endpoint, TopicArn: topicArn };
}
