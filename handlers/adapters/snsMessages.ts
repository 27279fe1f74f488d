import {
  PublishBatchCommand,
  SNSClient,
  type MessageAttributeValue,
  type PublishBatchRequestEntry,
} from "@aws-sdk/client-sns";
import type { CustomerMessage } from "../../contracts/notification";
import type { MessageSender } from "../notifyCustomer";
import { PATIENT_CLIENT_SETTINGS } from "./clientSettings";
import { type Asked, inOneTurn } from "./inOneTurn";
import { cutIntoRequests } from "./requestCuts";

type Waiting = Asked<CustomerMessage, "SENT">;

/** Of one message among several: without it the others would be published. */
const OF_ONE_MESSAGE = new Set(["InvalidParameterException", "InvalidParameterValueException"]);

/**
 * Messages on a topic, for whoever subscribes. Those that are sent in the same turn of the event loop go in one request, of
 * which each message has an answer of its own: https://docs.aws.amazon.com/sns/latest/dg/sns-batch-api-actions.html
 *
 * The attributes are there to filter by: https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
 */
export function snsMessages(
  topicArn: string,
  client: SNSClient = new SNSClient(PATIENT_CLIENT_SETTINGS),
): MessageSender {
  /** Never rejects: each message hears how it fared. */
  const publish = async (waiting: readonly Waiting[]): Promise<void> => {
    try {
      const PublishBatchRequestEntries = waiting.map(({ what }, at) => ({ Id: String(at), ...entryOf(what) }));
      const { Successful = [], Failed = [] } = await client.send(
        new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries }),
      );
      const published = new Set(Successful.map(({ Id }) => Id));
      for (const [at, { settle, fail }] of waiting.entries()) {
        const { Code = "InternalError", Message = "No answer." } = Failed.find(({ Id }) => Id === String(at)) ?? {};
        if (published.has(String(at))) settle("SENT");
        else fail(Object.assign(new Error(Message), { name: Code }));
      }
    } catch (error) {
      if (waiting.length > 1 && OF_ONE_MESSAGE.has((error as Error).name)) {
        for (const one of waiting) await publish([one]);
        return;
      }
      for (const { fail } of waiting) fail(error as Error);
    }
  };

  return {
    send: inOneTurn((all) => {
      for (const request of cutIntoRequests(all, REQUEST_LIMITS)) void publish(request);
    }),
  };
}

function entryOf(message: CustomerMessage): Omit<PublishBatchRequestEntry, "Id"> {
  const attributes = Object.entries(attributesOf(message)).map(
    ([name, StringValue]): [string, MessageAttributeValue] => [name, { DataType: "String", StringValue }],
  );
  return { Subject: message.subject, Message: message.text, MessageAttributes: Object.fromEntries(attributes) };
}

function attributesOf({ notificationId, orderId, tenantId, ending }: CustomerMessage): Record<string, string> {
  return { notificationId, orderId, tenantId, ending };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html: bodies and attributes, with their names and types. */
const REQUEST_LIMITS = {
  mostEntries: 10,
  mostBytes: 262_144,
  sizeOf: ({ what }: Waiting): number =>
    Object.entries(attributesOf(what)).reduce(
      (sum, [name, value]) => sum + Buffer.byteLength(`${name}String${value}`),
      Buffer.byteLength(what.text),
    ),
};
