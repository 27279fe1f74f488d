import { ChangeMessageVisibilityCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Messages } from "../processOrder";
import { CLIENT_SETTINGS } from "./clientSettings";

/** The queue that a message was received from. Hiding lasts from 0 s up to 12 h after the message was received. */
export function orderQueue(queueUrl: string, client: SQSClient = new SQSClient(CLIENT_SETTINGS)): Messages {
  return {
    async hide(receiptHandle, seconds) {
      const change = { QueueUrl: queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
      await client.send(new ChangeMessageVisibilityCommand(change));
    },
  };
}
