import { PublishCommand, SNSClient, type MessageAttributeValue } from "@aws-sdk/client-sns";
import type { MessageSender } from "../notifyCustomer";
import { PATIENT_CLIENT_SETTINGS } from "./clientSettings";

/**
 * Messages on a topic, for whoever subscribes. The attributes are there to filter by:
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
 */
export function snsMessages(
  topicArn: string,
  client: SNSClient = new SNSClient(PATIENT_CLIENT_SETTINGS),
): MessageSender {
  return {
    async send({ notificationId, orderId, tenantId, ending, subject, text }) {
      const MessageAttributes = Object.fromEntries(
        Object.entries({ notificationId, orderId, tenantId, ending }).map(
          ([name, StringValue]): [string, MessageAttributeValue] => [name, { DataType: "String", StringValue }],
        ),
      );
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text, MessageAttributes }));
      return "SENT";
    },
  };
}
