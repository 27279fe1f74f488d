import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { OrderToPlace } from "../../contracts/orderTasks";
import type { OrderMessages } from "../reconcileOrders";
import { CLIENT_SETTINGS } from "./clientSettings";

/** Ten orders are about 40 KB of the 1 MiB: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const MOST_ENTRIES = 10;

/**
 * The order queue as a sender sees it. A request that is answered may still hold refused entries, so each entry's own
 * answer is read; a request that fails costs its own ten orders and no others.
 */
export function orderMessages(queueUrl: string, client: SQSClient = new SQSClient(CLIENT_SETTINGS)): OrderMessages {
  /** Why entries did not get there. */
  const sendBatch = async (orders: readonly OrderToPlace[]): Promise<string[]> => {
    const Entries = orders.map((order, at) => ({ Id: String(at), MessageBody: JSON.stringify(order) }));
    try {
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      return Failed.map(({ Code, Message }) => `${Code}${Message === undefined ? "" : ` (${Message})`}`);
    } catch (error) {
      return orders.map(() => (error as Error).name);
    }
  };

  return {
    async send(orders) {
      const failures: string[] = [];
      for (let at = 0; at < orders.length; at += MOST_ENTRIES) {
        failures.push(...(await sendBatch(orders.slice(at, at + MOST_ENTRIES))));
      }
      return { sent: orders.length - failures.length, failures };
    },
  };
}
