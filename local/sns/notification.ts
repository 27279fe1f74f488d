import type { Cloud } from "../resource";
import type { MessageAttributes } from "../sqs/message";
import type { TopicMessage } from "./message";
import type { Subscription } from "./subscription";
import type { Topic } from "./topics";

/** A message on its way from a topic to its subscribers. */
export interface Notification {
  readonly id: string;
  readonly topic: Topic;
  readonly message: TopicMessage;
  readonly timeMs: number;
  readonly traceHeader?: string | undefined;
}

/** What a subscriber gets: a body and, when it is delivered raw, the attributes beside it. */
export interface Parcel {
  readonly body: string;
  readonly attributes: MessageAttributes;
}

/**
 * The message as queues and JSON mails get it. Nothing here signs: the signature is empty, and the links lead nowhere.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function parcelFor(subscription: Subscription, notification: Notification, cloud: Cloud): Parcel {
  const { id, topic, message, timeMs } = notification;
  const text = message.textFor(subscription.protocol);
  if (subscription.raw) return { body: text, attributes: message.attributes };
  const attributes = attributeDocument(message.attributes);
  const envelope = {
    Type: "Notification",
    MessageId: id,
    TopicArn: topic.arn,
    ...(message.subject === undefined ? {} : { Subject: message.subject }),
    Message: text,
    Timestamp: new Date(timeMs).toISOString(),
    ...{ SignatureVersion: signatureVersion(topic), Signature: "", SigningCertURL: certificateUrl(cloud) },
    UnsubscribeURL: unsubscribeUrl(cloud, subscription),
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  };
  return { body: JSON.stringify(envelope), attributes: {} };
}

/**
 * The message as functions get it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export function functionEvent(subscription: Subscription, notification: Notification, cloud: Cloud): object {
  const { id, topic, message, timeMs } = notification;
  const sns = {
    Type: "Notification",
    MessageId: id,
    TopicArn: topic.arn,
    Subject: message.subject ?? null,
    Message: message.textFor(subscription.protocol),
    Timestamp: new Date(timeMs).toISOString(),
    ...{ SignatureVersion: signatureVersion(topic), Signature: "", SigningCertUrl: certificateUrl(cloud) },
    UnsubscribeUrl: unsubscribeUrl(cloud, subscription),
    MessageAttributes: attributeDocument(message.attributes),
  };
  return {
    Records: [{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscription.arn, Sns: sns }],
  };
}

/** The values of attributes alone, bytes as base64. */
export function attributeTexts(attributes: MessageAttributes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { stringValue, binaryValue }]) => [name, stringValue ?? binaryValue ?? ""]),
  );
}

function attributeDocument(attributes: MessageAttributes): Readonly<Record<string, { Type: string; Value: string }>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { Type: dataType, Value: stringValue ?? binaryValue ?? "" },
    ]),
  );
}

function signatureVersion({ attributes }: Topic): string {
  return attributes.get("SignatureVersion") ?? "1";
}

function certificateUrl({ endpoint }: Cloud): string {
  return `${endpoint}/SimpleNotificationService.pem`;
}

function unsubscribeUrl({ endpoint }: Cloud, { arn }: Subscription): string {
  return `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${arn}`;
}
